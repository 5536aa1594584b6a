import type { Kysely } from 'kysely'
import { getApplication } from '../applications/application.store.ts'
import type { Application } from '../applications/application.ts'
import type { ApplicationKey } from '../applications/application-id.ts'
import { listDigests } from '../applications/list-digests.ts'
import type { Schema } from '../db/schema.ts'
import { Problem } from '../problem.ts'
import { type Comparison, compareTries } from './compare-tries.ts'
import { listEarlier } from './try.store.ts'

/** The most tries that are told of. Our choice. */
const TRIES_MAX = 50

export interface Tries {
  /** The newest first. */
  earlier: Application[]
  more: boolean
  compared: (Comparison & { with: Application }) | undefined
}

/**
 * Read the earlier tries of an application, and what has changed since one of them.
 *
 * @param withKey the one; the rejected one that it tries again if absent
 * @throws Problem `application.unknown`, also for `withKey` when that is no earlier try
 */
export async function readTries(db: Kysely<Schema>, key: ApplicationKey, withKey?: ApplicationKey): Promise<Tries> {
  const application = await getApplication(db, key)
  const found = await listEarlier(db, application, TRIES_MAX + 1)
  const earlier = found.slice(0, TRIES_MAX)
  const more = found.length > TRIES_MAX
  const other = withKey ? await getEarlier(db, application, withKey) : lastRejected(application, earlier)
  if (!other) return { earlier, more, compared: undefined }
  const [before, after] = await Promise.all([listDigests(db, other), listDigests(db, application)])
  const comparison = compareTries({ ...other, pictures: before }, { ...application, pictures: after })
  return { earlier, more, compared: { ...comparison, with: other } }
}

async function getEarlier(db: Kysely<Schema>, { accountId, ...of }: Application, key: ApplicationKey) {
  if (key.accountId !== accountId) throw new Problem('application.unknown')
  const other = await getApplication(db, key)
  const isEarlier = other.kind === of.kind && other.subject === of.subject && other.applicationNo < of.applicationNo
  if (!isEarlier) throw new Problem('application.unknown')
  return other
}

const lastRejected = ({ resubmissionOf }: Application, earlier: readonly Application[]): Application | undefined =>
  earlier.find(({ applicationNo }) => applicationNo === resubmissionOf)
