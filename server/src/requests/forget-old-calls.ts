import type { Logger } from 'pino'
import type { Database } from '../db/open.ts'
import { listAccountsAfter } from '../jobs/queue.store.ts'
import { deleteUsage } from '../quotas/usage.store.ts'
import { chinaDay } from '../time/china-time.ts'
import type { Clock } from '../time/clock.ts'
import { hasRecordsBefore, hasUsageBefore } from './old-calls.store.ts'
import { deleteRecords } from './request-record.store.ts'
import { RECORDS_MAX } from './request-recorder.ts'
import { RID_LIFETIME_MS } from './rid.ts'

/** Accounts that one round covers. */
const ACCOUNTS_AT_ONCE = 500
/** How long the counts of an account's calls are kept. Unit: days. */
const USAGE_DAYS = 31
/** Accounts whose rows cannot be read or deleted, after which a round ends: each may have cost seconds. */
const FAILURES_MAX = 10

/**
 * Delete expired requests and counts, also of accounts without new calls: a few hundred accounts at a time, so that nobody
 * waits for it. An account that fails is passed over until its turn comes again.
 *
 * @param afterId the account where the last go ended; 0 at first
 * @returns the same for the next go; 0 when every account has been looked at
 */
export async function forgetOldCalls(
  { db, clock, log }: { db: Database; clock: Clock; log: Logger },
  afterId: number,
): Promise<number> {
  const accountIds = await listAccountsAfter(db, { afterId, limit: ACCOUNTS_AT_ONCE })
  let failures = 0
  for (const accountId of accountIds) {
    try {
      await forgetCallsOf(db, accountId, clock.now(accountId))
    } catch (error) {
      log.error({ err: error, account: accountId }, 'old calls of an account could not be deleted')
      failures += 1
      if (failures === FAILURES_MAX) return accountId
    }
  }
  return accountIds.length === ACCOUNTS_AT_ONCE ? (accountIds.at(-1) ?? 0) : 0
}

async function forgetCallsOf(db: Database, accountId: number, now: Date) {
  const before = new Date(now.getTime() - RID_LIFETIME_MS)
  const firstDay = chinaDay(now) - USAGE_DAYS
  if (await hasRecordsBefore(db, accountId, before)) {
    await deleteRecords(db, { accountId, before, keep: RECORDS_MAX })
  }
  if (await hasUsageBefore(db, accountId, firstDay)) await deleteUsage(db, { accountId, firstDay })
}
