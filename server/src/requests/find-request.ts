import type { Database } from '../db/open.ts'
import { Problem } from '../problem.ts'
import type { Clock } from '../time/clock.ts'
import { findAccountOfRid, findRecord } from './request-record.store.ts'
import type { RequestRecord } from './request-record.ts'
import type { RequestRecorder } from './request-recorder.ts'
import { RID_LIFETIME_MS, ridTime } from './rid.ts'

/**
 * Find an account's request of the last seven days. A request that another server answered is found after a second.
 *
 * @throws Problem `rid.expired`, `rid.foreign`, `rid.unknown`
 */
export async function findRequest(
  { db, clock, requests }: { db: Database; clock: Clock; requests: RequestRecorder },
  of: { accountId: number; rid: string },
): Promise<RequestRecord> {
  if (clock.now(of.accountId).getTime() - ridTime(of.rid).getTime() > RID_LIFETIME_MS) throw new Problem('rid.expired')
  await requests.flushAccount(of.accountId)
  const record = await findRecord(db, of)
  if (record) return record
  // Memory first: what leaves it meanwhile is in the database.
  const isForeign = requests.holds(of.rid) || (await findAccountOfRid(db, of.rid)) !== undefined
  throw new Problem(isForeign ? 'rid.foreign' : 'rid.unknown')
}

/**
 * Find a request of any account.
 *
 * @throws Problem `rid.unknown`
 */
export async function findAnyRequest(
  { db, requests }: { db: Database; requests: RequestRecorder },
  rid: string,
): Promise<RequestRecord> {
  if (requests.holds(rid)) await requests.flush()
  const accountId = await findAccountOfRid(db, rid)
  const record = accountId === undefined ? undefined : await findRecord(db, { accountId, rid })
  if (!record) throw new Problem('rid.unknown')
  return record
}
