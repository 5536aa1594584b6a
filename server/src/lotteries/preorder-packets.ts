import type { Database } from '../db/open.ts'
import { isUniqueViolation } from '../db/open.ts'
import { changeAccount } from '../journal/change-account.ts'
import { Problem } from '../problem.ts'
import type { Clock } from '../time/clock.ts'
import { insertPackets } from './red-packet.store.ts'
import type { RedPacket } from './red-packet.ts'

/**
 * Note red packets that an account has pre-ordered at the payment provider: all of them, or none.
 *
 * @throws Problem `red_packet.known` when a ticket is not new
 */
export async function preorderPackets(
  { db, clock }: { db: Database; clock: Clock },
  accountId: number,
  packets: readonly Omit<RedPacket, 'lotteryNo'>[],
  actor: string,
): Promise<void> {
  const at = clock.now(accountId)
  const value = packets.reduce((sum, { amount }) => sum + amount, 0)
  await changeAccount(db, accountId, async (account) => {
    await insertPackets(account.trx, accountId, packets, at)
    account.append({ at, actor, action: 'red_packet.preorder', detail: { packets: packets.length, value } })
  }).catch((error) => {
    throw isUniqueViolation(error) ? new Problem('red_packet.known') : error
  })
}
