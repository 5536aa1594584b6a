import type { Kysely } from 'kysely'
import { getApplication } from '../applications/application.store.ts'
import type { Application } from '../applications/application.ts'
import type { ApplicationKey } from '../applications/application-id.ts'
import { type DigestedPicture, listDigests } from '../applications/list-digests.ts'
import type { Schema } from '../db/schema.ts'
import { pictureTrace, type Trace, tracesOf } from '../traces/trace.ts'
import { findAlikePhotos } from './find-alike-photos.ts'
import { rejectedIn, type Signal } from './signal.ts'
import { listSharing, type TracedApplication } from './traced-application.store.ts'

/** Applications that are told of one trace, and of each other account. Our choice. */
const LINKS_MAX = 50
const LINKS_OF_ACCOUNT_MAX = 5
/** Looks for the applications of one trace: what one account has filled takes one. */
const LOOKS_MAX = 10

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
  const found = await Promise.all(traces.filter(isSignal).map((trace) => findSharing(db, application, trace, pictures)))
  const alike = await findAlikePhotos(db, application, pictures)
  const signals = [...found, ...alike].filter(({ applications }) => applications.length > 0)
  return { application, signals: signals.toSorted((one, other) => rejectedIn(other) - rejectedIn(one)) }
}

async function findSharing(
  db: Kysely<Schema>,
  { accountId }: ApplicationKey,
  trace: Trace,
  pictures: readonly DigestedPicture[],
): Promise<Signal> {
  const applications: TracedApplication[] = []
  const ofAccount = new Map<number, number>()
  let belowId = Number.MAX_SAFE_INTEGER
  let more = true
  for (let looks = 0; more && looks < LOOKS_MAX && applications.length < LINKS_MAX; looks += 1) {
    const rows = await listSharing(db, trace, { belowId, limit: LINKS_MAX })
    for (const row of rows) {
      const count = ofAccount.get(row.accountId) ?? 0
      if (count >= LINKS_OF_ACCOUNT_MAX || row.accountId === accountId) continue
      ofAccount.set(row.accountId, count + 1)
      applications.push(row)
    }
    more = rows.length === LINKS_MAX
    // Behind the last account whatever else it has: one that has very many hides no other.
    belowId = rows.at(-1)?.accountId ?? 0
  }
  return { ...trace, pictures: trace.kind === 'picture' ? withDigest(pictures, trace.value) : [], applications, more }
}

const withDigest = (pictures: readonly DigestedPicture[], digest: string) =>
  pictures.filter((picture) => picture.digest === digest)
