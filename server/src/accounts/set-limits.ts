import type { Database } from '../db/open.ts'
import { changeAccount } from '../journal/change-account.ts'
import type { Clock } from '../time/clock.ts'
import { getAccountByAppid } from './account.store.ts'
import type { AccountCache } from './account-cache.ts'
import { saveLimits } from './account-limits.store.ts'
import type { AccountLimits } from './account-limits.ts'
import { parseIpList } from './ip-list.ts'

/**
 * Set from where and how often an account may call. It holds at once on this server, and within three seconds on others.
 *
 * @throws Problem `account.unknown`, `request.malformed`
 */
export async function setLimits(
  { db, clock, callers }: { db: Database; clock: Clock; callers: AccountCache },
  appid: string,
  { ipAllow, ...rates }: { ipAllow: readonly string[] } & Pick<AccountLimits, 'dailyLimit' | 'minuteLimit'>,
  actor: string,
): Promise<AccountLimits> {
  const { accountId } = await getAccountByAppid(db, appid)
  const limits = { ipList: parseIpList(ipAllow), ...rates }
  await changeAccount(db, accountId, async (account) => {
    await saveLimits(account.trx, accountId, limits)
    const detail = { ip_allow: ipAllow, daily_limit: rates.dailyLimit, minute_limit: rates.minuteLimit }
    account.append({ at: clock.now(accountId), actor, action: 'account.set_limits', detail })
  })
  callers.forget(accountId)
  return limits
}
