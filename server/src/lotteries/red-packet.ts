import { LOTTERY_LIMITS } from '@shenpi/sdk/contract/wire'

/** Shake Nearby's own number at WeChat Pay: a packet is handed out by whom its pre-order names. */
export const SHAKE_NEARBY_MCHID = '1000052601'

/** A red packet that was pre-ordered. */
export interface RedPacket {
  /** Its name; the payment provider gave it. */
  ticket: string
  /** Who ordered it, and who may hand it out. */
  mchid: string
  authMchid: string
  /** Unit: fen. */
  amount: number
  expiresAt: Date
  /** The lottery that it was entered into. */
  lotteryNo: number | null
}

/** Why a packet is not entered into a lottery. Source: docs/protocol/shakearound.md, lottery/setprizebucket. */
export type PacketFault = 'repeated' | 'unknown' | 'wrong_auth_mchid' | 'expired' | 'wrong_amount'

/** Tickets by what is wrong with them, or under `entered` those with which nothing is. */
export function sortTickets(
  tickets: readonly string[],
  known: ReadonlyMap<string, RedPacket>,
  { mchid, at }: { mchid: string; at: Date },
): ReadonlyMap<PacketFault | 'entered', string[]> {
  const seen = new Set<string>()
  return Map.groupBy(tickets, (ticket) => {
    const packet = known.get(ticket)
    if (seen.has(ticket)) return 'repeated'
    seen.add(ticket)
    return packet?.mchid === mchid ? (faultOf(packet, at) ?? 'entered') : 'unknown'
  })
}

function faultOf({ lotteryNo, authMchid, expiresAt, amount }: RedPacket, at: Date): PacketFault | undefined {
  const { least, most } = LOTTERY_LIMITS.amount
  if (lotteryNo !== null) return 'repeated'
  if (authMchid !== SHAKE_NEARBY_MCHID) return 'wrong_auth_mchid'
  if (expiresAt <= at) return 'expired'
  return amount < least || amount > most ? 'wrong_amount' : undefined
}
