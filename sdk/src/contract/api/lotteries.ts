import type { Static } from '@sinclair/typebox'
import { byAppid, endpoint, Nullable, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { DRAW_OUTCOMES } from '../states.ts'
import { PacketTicket } from '../wire/lotteries.ts'
import { TICKET_MAX } from '../wire/shakes.ts'
import { Openid } from './shakes.ts'

/** Most red packets that are told of at once. */
export const PREORDER_MAX = 1000
/** The highest amount that a red packet can have, which may be more than a lottery takes. Unit: fen. */
const AMOUNT_MAX = 10_000_000

const merchantNumber = (description: string) => Type.String({ pattern: '^[0-9]{1,32}$', description })
const Amount = Type.Integer({ minimum: 1, maximum: AMOUNT_MAX, description: 'Fen.' })

const Draw = Type.Object({
  outcome: OneOf(DRAW_OUTCOMES, { description: 'One person wins at most once in a lottery.' }),
  packet: Nullable(Type.Object({ ticket: Type.String(), amount: Amount })),
})

export const lotteryEndpoints = {
  preorderRedPackets: endpoint({
    method: 'POST',
    path: '/accounts/{appid}/red-packets',
    access: 'account.change',
    summary: 'Tell of red packets that were pre-ordered at the payment provider: all of them, or none',
    status: 201,
    params: byAppid,
    body: Type.Object({
      mchid: merchantNumber('Who ordered them: the merchant’s number at the provider.'),
      auth_mchid: Type.Optional(merchantNumber('Who may hand them out. Default: Shake Nearby.')),
      expires_at: Time,
      packets: Type.Array(Type.Object({ ticket: PacketTicket, amount: Amount }), {
        minItems: 1,
        maxItems: PREORDER_MAX,
      }),
    }),
    answer: Type.Object({ added: Type.Integer() }),
    problems: ['account.unknown', 'red_packet.known'],
  }),

  drawPacket: endpoint({
    method: 'POST',
    path: '/lotteries/{lottery_id}/draws',
    access: 'device.shake',
    summary: 'Draw a red packet, as the phone does when a merchant’s page calls jumpHongbao',
    params: Type.Object({ lottery_id: Type.String({ maxLength: 64 }) }),
    body: Type.Object({
      openid: Openid,
      noncestr: Type.String({ pattern: '^[!-~]{1,32}$' }),
      sign: Type.String({
        maxLength: 64,
        description:
          'MD5 in hex of the other three members, sorted by name and joined as `k=v&…`, with `&key=` and the lottery’s key behind them.',
      }),
    }),
    answer: Draw,
    problems: ['lottery.unknown', 'draw.sign_wrong'],
  }),

  drawShakenPacket: endpoint({
    method: 'POST',
    path: '/shakes/{ticket}/draw',
    access: 'device.shake',
    summary: 'Draw a red packet, as the page that was made for a lottery does by itself when it is opened',
    params: Type.Object({ ticket: Type.String({ maxLength: TICKET_MAX }) }),
    answer: Draw,
    problems: ['ticket.invalid', 'lottery.unknown'],
  }),
}

export type ApiDraw = Static<typeof Draw>
