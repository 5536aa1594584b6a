import type { Kysely } from 'kysely'
import { getApplication } from '../applications/application.store.ts'
import type { Application } from '../applications/application.ts'
import type { ApplicationKey } from '../applications/application-id.ts'
import { type DigestedPicture, listDigests } from '../applications/list-digests.ts'
import type { Schema } from '../db/schema.ts'
import { pictureTrace, type Trace, tracesOf } from '../traces/trace.ts'
import { findAlikePhotos } from './find-alike-photos.ts'
import { findSharing } from './find-sharing.ts'
import { rejectedIn, type Signal } from './signal.ts'

/** Applications that are told of one trace, and of each other account. Our choice. */
const LINKS_MAX = 50
const LINKS_OF_ACCOUNT_MAX = 5

/** Very many people have the same name. */
const isSignal = ({ kind }: Trace) => kind !== 'contact'

/**
 * Find what an application has in common with those of other accounts. An account has much in common with itself.
 *
 * @throws Problem `application.unknown`
 */
export async function findSignals(
  db: Kysely<Schema>,
  key: ApplicationKey,
): Promise<{ application: Application; signals: Signal[] }> {
  const [application, pictures] = await Promise.all([getApplication(db, key), listDigests(db, key)])
  const digests = new Set(pictures.flatMap(({ digest }) => digest ?? []))
  const traces = [...tracesOf(application.kind, application.payload), ...[...digests].map(pictureTrace)]
  const found = await Promise.all(traces.filter(isSignal).map((trace) => findSignal(db, application, trace, pictures)))
  const alike = await findAlikePhotos(db, application, pictures)
  const signals = [...found, ...alike].filter(({ applications }) => applications.length > 0)
  return { application, signals: signals.toSorted((one, other) => rejectedIn(other) - rejectedIn(one)) }
}

async function findSignal(
  db: Kysely<Schema>,
  { accountId: exceptAccount }: ApplicationKey,
  trace: Trace,
  pictures: readonly DigestedPicture[],
): Promise<Signal> {
  const few = { max: LINKS_MAX, ofAccountMax: LINKS_OF_ACCOUNT_MAX, exceptAccount }
  const { applications, more } = await findSharing(db, trace, few)
  return { ...trace, pictures: trace.kind === 'picture' ? withDigest(pictures, trace.value) : [], applications, more }
}

const withDigest = (pictures: readonly DigestedPicture[], digest: string) =>
  pictures.filter((picture) => picture.digest === digest)
