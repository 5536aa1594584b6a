import type { DrawOutcome } from '@shenpi/sdk/contract/states'
import { findActivation } from '../activations/account-activation.kind.ts'
import type { Database } from '../db/open.ts'
import type { AccountChange } from '../journal/account-change.ts'
import { changeAccount } from '../journal/change-account.ts'
import type { Shakes } from '../shakes/shake-nearby.ts'
import type { Clock } from '../time/clock.ts'
import { getLottery } from './lottery.store.ts'
import { whyClosed } from './lottery.ts'
import { bindEventFields, LOTTERY_BIND_EVENT } from './lottery-bind-event.presenter.ts'
import type { LotteryKey } from './lottery-id.ts'
import { findNext, findWon, saveDrawn } from './red-packet.store.ts'
import type { RedPacket } from './red-packet.ts'

interface Parts {
  db: Database
  clock: Clock
  shakes: Pick<Shakes, 'tally'>
}

export interface Draw {
  outcome: DrawOutcome
  /** What the person has won, now or before. */
  packet: RedPacket | undefined
}

/**
 * A person draws in a lottery: whoever comes while there is a packet wins one, once. The account is told which.
 * Source: docs/protocol/shakearound.md, drawing.
 *
 * @throws Problem `lottery.unknown`
 */
export async function drawPacket(parts: Parts, key: LotteryKey, openid: string): Promise<Draw> {
  // An account that does not exist has no journal to lock.
  await getLottery(parts.db, key)
  return await changeAccount(parts.db, key.accountId, async (account) => {
    const { trx } = account
    const before = await findWon(trx, key, openid)
    if (before) return { outcome: 'won_before', packet: before }
    const at = parts.clock.now(key.accountId)
    const closed = whyClosed(await getLottery(trx, key), at)
    const packet = closed ? undefined : await findNext(trx, key, at)
    if (!packet) return { outcome: closed ?? 'none_left', packet: undefined }
    await saveDrawn(trx, { accountId: key.accountId, ticket: packet.ticket, openid, at })
    await announceDraw(parts, account, { key, openid, packet, at })
    return { outcome: 'won', packet }
  })
}

/** Promise the account the event of a draw, which belongs to its activation and is sent by who has won. */
async function announceDraw(
  { clock, shakes }: Parts,
  account: AccountChange,
  { key, openid, packet, at }: { key: LotteryKey; openid: string; packet: RedPacket; at: Date },
): Promise<void> {
  const activation = await account.ask(findActivation)
  if (!activation) return
  await account.promise({
    applicationNo: activation.applicationNo,
    name: LOTTERY_BIND_EVENT,
    fields: bindEventFields(key, packet, at),
    at,
    dueAt: new Date(clock.due(key.accountId)),
    sender: { openid, unixSeconds: shakes.tally.dateEvent(key.accountId, openid, at) },
  })
}
