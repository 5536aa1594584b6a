import type { Database } from '../db/open.ts'
import { Problem } from '../problem.ts'
import type { Shakes } from '../shakes/shake-nearby.ts'
import type { Clock } from '../time/clock.ts'
import { findLotteryOfPage } from './lottery.store.ts'
import type { LotteryKey } from './lottery-id.ts'

/**
 * The lottery of a page that was shown to somebody who shook, and who that was.
 *
 * @throws Problem `ticket.invalid`; `lottery.unknown` when the page was not made for one
 */
export async function openLotteryPage(
  { db, clock, shakes }: { db: Database; clock: Clock; shakes: Pick<Shakes, 'tickets'> },
  text: string,
): Promise<LotteryKey & { openid: string }> {
  const ticket = shakes.tickets.open(text, clock)
  if (!ticket) throw new Problem('ticket.invalid')
  const { accountId, pageId, openid } = ticket
  const lotteryNo = await findLotteryOfPage(db, { accountId, pageId })
  if (lotteryNo === null) throw new Problem('lottery.unknown')
  return { accountId, lotteryNo, openid }
}
