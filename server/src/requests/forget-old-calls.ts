import type { Database } from '../db/open.ts'
import { deleteUsage } from '../quotas/usage.store.ts'
import { chinaDay } from '../time/china-time.ts'
import type { Clock } from '../time/clock.ts'
import { listOldCalls } from './old-calls.store.ts'
import { deleteRecords } from './request-record.store.ts'
import { RECORDS_MAX } from './request-recorder.ts'
import { RID_LIFETIME_MS } from './rid.ts'

/** Accounts that one round covers. */
const ACCOUNTS_AT_ONCE = 500
/** How long the counts of an account's calls are kept. Unit: days. */
const USAGE_DAYS = 31

/**
 * Delete expired requests and counts, also of accounts without new calls: a few hundred accounts at a time, so that nobody
 * waits for it.
 *
 * @param afterId the account where the last go ended; 0 at first
 * @returns the same for the next go; 0 when every account has been looked at
 */
export async function forgetOldCalls({ db, clock }: { db: Database; clock: Clock }, afterId: number): Promise<number> {
  const now = clock.now()
  const before = new Date(now.getTime() - RID_LIFETIME_MS)
  const firstDay = chinaDay(now) - USAGE_DAYS
  const accounts = await listOldCalls(db, { afterId, limit: ACCOUNTS_AT_ONCE, before, firstDay })
  for (const { accountId, hasRecords, hasUsage } of accounts) {
    if (hasRecords) {
      await db.transaction().execute((trx) => deleteRecords(trx, { accountId, before, keep: RECORDS_MAX }))
    }
    if (hasUsage) await deleteUsage(db, { accountId, firstDay })
  }
  return accounts.length === ACCOUNTS_AT_ONCE ? (accounts.at(-1)?.accountId ?? 0) : 0
}
