import type { Database } from '../db/open.ts'
import { transaction, withChangePermit } from '../db/transaction.ts'
import { Problem } from '../problem.ts'
import { chinaDay, chinaMonth } from '../time/china-time.ts'
import type { Clock } from '../time/clock.ts'
import { clearUsage, countReset } from './usage.store.ts'
import type { UsageMeter } from './usage-meter.ts'

/** Resets of an account in one month. Source: docs/protocol/platform.md, clear_quota. */
const RESETS_PER_MONTH = 10

/**
 * Reset an account's counts of the day on every path.
 *
 * @throws Problem `quota.reset_limit` at the eleventh of a month (in UTC+8).
 */
export async function clearQuota(
  { db, clock, usage }: { db: Database; clock: Clock; usage: UsageMeter },
  accountId: number,
): Promise<void> {
  const at = clock.now(accountId)
  const clear = () =>
    transaction(db, async (trx) => {
      const isCounted = await countReset(trx, { accountId, month: chinaMonth(at), most: RESETS_PER_MONTH })
      if (!isCounted) throw new Problem('quota.reset_limit')
      await clearUsage(trx, { accountId, day: chinaDay(at) })
    })
  await withChangePermit(db, accountId, () => usage.reset(accountId, clear))
}
