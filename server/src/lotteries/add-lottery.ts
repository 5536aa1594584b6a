import { LOTTERY_LIMITS } from '@shenpi/sdk/contract/wire'
import type { Account } from '../accounts/account.ts'
import type { Database } from '../db/open.ts'
import { changeAccount } from '../journal/change-account.ts'
import { insertPage } from '../pages/page.store.ts'
import { Problem } from '../problem.ts'
import type { Clock } from '../time/clock.ts'
import { insertLottery } from './lottery.store.ts'
import type { Lottery } from './lottery.ts'
import { type LotteryKey, toLotteryId } from './lottery-id.ts'

const DAY_MS = 24 * 3_600_000

export interface NewLottery extends Omit<Lottery, keyof LotteryKey | 'packets' | 'calls'> {
  sponsorAppid: string
  /** For the page that is made for it; absent: it gets none. */
  page?: { iconUrl: string | undefined; linkOf: (lotteryId: string) => string }
}

/**
 * Create a lottery, and the page that opens it.
 *
 * @returns the page's ID is 0 where none was made
 * @throws Problem `lottery.time_invalid`, `lottery.logo_missing`, `lottery.sponsor_foreign`
 */
export async function addLottery(
  { db, clock }: { db: Database; clock: Clock },
  { accountId, appid }: Account,
  lottery: NewLottery,
): Promise<{ lotteryId: string; pageId: number }> {
  const { page, sponsorAppid, ...rest } = lottery
  const at = clock.now(accountId)
  assertLasts(rest, at)
  if (page && !page.iconUrl) throw new Problem('lottery.logo_missing')
  if (sponsorAppid !== appid) throw new Problem('lottery.sponsor_foreign')
  return await changeAccount(db, accountId, async (account) => {
    const lotteryNo = await account.number('lottery')
    await insertLottery(account.trx, { accountId, lotteryNo, ...rest, packets: 0, calls: 0 }, at)
    const lotteryId = toLotteryId({ accountId, lotteryNo })
    if (!page?.iconUrl) return { lotteryId, pageId: 0 }
    const pageId = await account.number('page')
    const { title, description } = rest
    const shown = { title, description, pageUrl: page.linkOf(lotteryId), iconUrl: page.iconUrl, comment: '' }
    await insertPage(account.trx, accountId, { pageId, lotteryNo, ...shown }, at)
    return { lotteryId, pageId }
  })
}

/** @throws Problem `lottery.time_invalid` when it ends before it begins, lasts too long or is over already. */
function assertLasts({ beginsAt, endsAt }: Pick<Lottery, 'beginsAt' | 'endsAt'>, at: Date): void {
  const lastsMs = endsAt.getTime() - beginsAt.getTime()
  if (lastsMs <= 0 || lastsMs > LOTTERY_LIMITS.days * DAY_MS || endsAt <= at) throw new Problem('lottery.time_invalid')
}
