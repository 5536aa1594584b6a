import type { Account } from '../accounts/account.ts'
import type { Database } from '../db/open.ts'
import { lockAccount } from '../journal/change-account.ts'
import { Problem } from '../problem.ts'
import type { Clock } from '../time/clock.ts'
import { countEntered, getLottery } from './lottery.store.ts'
import { findPackets, saveEntered } from './red-packet.store.ts'
import { sortTickets } from './red-packet.ts'

interface Tickets {
  lotteryNo: number
  mchid: string
  sponsorAppid: string
  tickets: readonly string[]
}

/**
 * Enter red packets into a lottery: those with which nothing is wrong.
 *
 * @returns the tickets by what became of them
 * @throws Problem `lottery.unknown`, `lottery.sponsor_wrong`, `lottery.over`; `lottery.too_many_packets` when it would
 *   hold more than it may, `lottery.none_valid` when nothing can be entered and not all were before: nothing is changed then
 */
export async function enterPackets(
  { db, clock }: { db: Database; clock: Clock },
  { accountId, appid }: Account,
  { lotteryNo, mchid, sponsorAppid, tickets }: Tickets,
): Promise<ReturnType<typeof sortTickets>> {
  const key = { accountId, lotteryNo }
  // The journal's lock prevents that another call enters one of them meanwhile.
  return await lockAccount(db, accountId, async (trx) => {
    const at = clock.now(accountId)
    const { packets, packetsMax, endsAt } = await getLottery(trx, key)
    if (sponsorAppid !== appid) throw new Problem('lottery.sponsor_wrong')
    if (endsAt <= at) throw new Problem('lottery.over')
    const sorted = sortTickets(tickets, await findPackets(trx, accountId, tickets), { mchid, at })
    const entered = sorted.get('entered') ?? []
    if (entered.length === 0 && sorted.get('repeated')?.length !== tickets.length)
      throw new Problem('lottery.none_valid')
    if (packets + entered.length > packetsMax) throw new Problem('lottery.too_many_packets')
    await saveEntered(trx, key, entered)
    await countEntered(trx, key, entered.length)
    return sorted
  })
}
