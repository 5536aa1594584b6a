import { call, type Leniency, Nothing, type Refusal, refusal, wholeNumber } from '../call.ts'
import { Type } from '../schema.ts'
import { STORABLE, shaped, weighted } from '../text.ts'
import { activatedCall, shakeRefusal } from './families.ts'

/** Limits of lotteries and their red packets. Source: docs/protocol/shakearound.md, red packets. */
export const LOTTERY_LIMITS = {
  days: 91,
  packets: 100_000,
  packetsPerCall: 100,
  /** Unit: fen. */
  amount: { least: 100, most: 100_000 },
  /** Beyond these, nothing is counted. */
  counted: { packets: 10_000, calls: 3000 },
} as const

/** The longest name of a red packet. Our choice: the published sample has 159 characters. */
export const PACKET_TICKET_MAX = 512
const packetTicket = (more: Refusal = {}) =>
  Type.String({ minLength: 1, maxLength: PACKET_TICKET_MAX, pattern: STORABLE, ...more })
export const PacketTicket = packetTicket()

/** The last second that 32 bits count, in 2106. Our choice. */
const LAST_SECOND = 0xffff_ffff

const lotteryCall = { ...activatedCall, family: 'lottery' } as const
/** GET as it is documented, POST as one client sends it. */
const lotteryQuery = { ...lotteryCall, methods: ['GET', 'POST'], body: 'query' } as const

const LotteryId = Type.String(refusal('lottery.unknown'))
const second = wholeNumber({ maximum: LAST_SECOND })
const onOff = wholeNumber({ maximum: 1 })
const link = (more: Leniency = {}) =>
  Type.String({
    maxLength: 2048,
    trimmed: true,
    emptyForAbsent: true,
    // As a page's: phones open it.
    ...shaped('^https?://[^\\s\\u0000-\\u001f\\u007f]+$', 'an http or https link'),
    ...more,
  })

const Tickets = Type.Array(Type.Object({ ticket: Type.String() }))

export const lotteries = {
  addLotteryInfo: call({
    ...lotteryCall,
    path: '/shakearound/lottery/addlotteryinfo',
    summary: 'Create a lottery of red packets, and the page that opens it',
    queried: ['use_template', 'logo_url'],
    request: Type.Object(
      {
        /** 1 a page that is made for it, 2 one of the merchant's own. */
        use_template: wholeNumber({ minimum: 1, maximum: 2 }),
        logo_url: Type.Optional(link()),
        title: weighted(6, { minLength: 1 }),
        desc: weighted(7, { minLength: 1 }),
        onoff: Type.Optional(onOff),
        begin_time: second,
        expire_time: second,
        sponsor_appid: Type.String({ otherName: 'sponsorapp_id' }),
        total: wholeNumber({ minimum: 1, maximum: LOTTERY_LIMITS.packets, above: 'lottery.too_many_packets' }),
        jump_url: Type.Optional(link({ otherName: 'jumpurl' })),
        key: Type.String(shaped('^[!-~]{32}$', 'exactly 32 letters, digits and signs')),
      },
      shakeRefusal,
    ),
    answer: Type.Object({ lottery_id: Type.String(), page_id: wholeNumber() }),
    problems: [
      'shake.request_invalid',
      'lottery.time_invalid',
      'lottery.logo_missing',
      'lottery.sponsor_foreign',
      'lottery.too_many_packets',
    ],
  }),

  setPrizeBucket: call({
    ...lotteryCall,
    path: '/shakearound/lottery/setprizebucket',
    summary: 'Enter red packets into a lottery',
    request: Type.Object(
      {
        lottery_id: LotteryId,
        mchid: Type.String(),
        sponsor_appid: Type.String({ otherName: 'sponsorapp_id' }),
        prize_info_list: Type.Array(Type.Object({ ticket: packetTicket(shakeRefusal) }), {
          minItems: 1,
          maxItems: LOTTERY_LIMITS.packetsPerCall,
          above: 'lottery.too_many_packets',
          otherName: 'prizeinfolist',
        }),
      },
      shakeRefusal,
    ),
    answer: Type.Object({
      success_num: wholeNumber(),
      repeat_ticket_list: Type.Optional(Tickets),
      expire_ticket_list: Type.Optional(Tickets),
      invalid_amount_ticket_list: Type.Optional(Tickets),
      wrong_authmchid_ticket_list: Type.Optional(Tickets),
      invalid_ticket_list: Type.Optional(Tickets),
    }),
    problems: [
      'shake.request_invalid',
      'lottery.unknown',
      'lottery.over',
      'lottery.sponsor_wrong',
      'lottery.too_many_packets',
      'lottery.none_valid',
    ],
  }),

  setLotterySwitch: call({
    ...lotteryQuery,
    path: '/shakearound/lottery/setlotteryswitch',
    summary: 'Switch a lottery on or off',
    request: Type.Object({ lottery_id: LotteryId, onoff: onOff }, shakeRefusal),
    answer: Nothing,
    problems: ['shake.request_invalid', 'lottery.unknown', 'lottery.over'],
  }),

  queryLottery: call({
    ...lotteryQuery,
    path: '/shakearound/lottery/querylottery',
    summary: 'Tell how a lottery stands',
    safe: true,
    request: Type.Object({ lottery_id: LotteryId }, shakeRefusal),
    answer: Type.Object({
      result: Type.Object({
        lottery_id: Type.String(),
        title: Type.String(),
        desc: Type.String(),
        onoff: wholeNumber(),
        begin_time: wholeNumber(),
        expire_time: wholeNumber(),
        sponsor_appid: Type.String(),
        appid: Type.String(),
        prize_count_limit: wholeNumber(),
        prize_count: wholeNumber(),
        jump_url: Type.String(),
        expired_prizes: Type.Optional(wholeNumber()),
        drawed_prizes: Type.Optional(wholeNumber()),
        available_prizes: Type.Optional(wholeNumber()),
        /** Unit: fen, as those below. */
        expired_value: Type.Optional(wholeNumber()),
        drawed_value: Type.Optional(wholeNumber()),
        available_value: Type.Optional(wholeNumber()),
      }),
    }),
    problems: ['lottery.unknown'],
  }),
}
