import type { MessageFields } from '../callbacks/message-format.ts'
import { toUnixSeconds } from '../time/unix-seconds.ts'
import { type LotteryKey, toLotteryId } from './lottery-id.ts'
import type { RedPacket } from './red-packet.ts'

export const LOTTERY_BIND_EVENT = 'ShakearoundLotteryBind'

/** The members of the event besides those of every message. Source: docs/protocol/shakearound.md, ShakearoundLotteryBind. */
export const bindEventFields = (key: LotteryKey, { ticket, amount }: RedPacket, at: Date): MessageFields => ({
  LotteryId: toLotteryId(key),
  Ticket: ticket,
  Money: amount,
  BindTime: toUnixSeconds(at),
})
