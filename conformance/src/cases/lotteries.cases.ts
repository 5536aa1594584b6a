import type { Call } from '@shenpi/sdk/contract/call'
import { lotteries } from '@shenpi/sdk/contract/wire/lotteries'
import { relations } from '@shenpi/sdk/contract/wire/relations'
import { after, type ConformanceCase, type Story } from '../case.ts'
import { ABSENT, each, NO_OBJECTS, NO_TEXTS, NUL, type Row, refused } from '../refused.ts'
import { beaconOf, CREDENTIALS } from '../world/named.ts'
import { MCHID } from '../world/world.ts'
import { lottery, NEW_LOTTERIES } from './new-lotteries.ts'

const { addLotteryInfo, setPrizeBucket, setLotterySwitch, queryLottery } = lotteries

const { appid } = CREDENTIALS.merchant
const FIRST = { lottery_id: '{lottery1}' }
const PREORDERED = 'red packets are pre-ordered for the merchant'

const listOf = (...tickets: string[]) => tickets.map((ticket) => ({ ticket }))
const packets = (tickets: readonly string[], changes: Record<string, unknown> = {}) => ({
  ...FIRST,
  mchid: MCHID,
  sponsor_appid: appid,
  prize_info_list: listOf(...tickets),
  ...changes,
})

/** Every call of lotteries with a valid request, by an account for which Shake Nearby is closed. */
const CLOSED: readonly ConformanceCase[] = [
  { call: addLotteryInfo, request: lottery() },
  { call: setPrizeBucket, request: packets(['v1|unknown'], { lottery_id: '111' }) },
  { call: setLotterySwitch, request: { lottery_id: '111', onoff: 1 } },
  { call: queryLottery, request: { lottery_id: '111' } },
].map(({ call, request }) => ({
  name: `${call.path} needs activation`,
  call,
  by: 'newcomer',
  request,
  errcode: 9001020,
}))

/** Lotteries that are not the merchant's, whatever the call. */
const refuseLotteries = (call: Call, request: Record<string, unknown>): ConformanceCase[] =>
  refused(
    call,
    'merchant',
    9001070,
    each((changes) => ({ ...request, ...changes }), 'lottery_id', [
      ['absent', undefined],
      ['empty', ''],
      ['unknown', '11999999'],
      ['of an account that is none', '9999999991'],
      ['with a zero in front', '0111'],
      ['a word', 'lottery'],
      ['with U+0000', '11\u00001'],
      ['of 1000 digits', '1'.repeat(1000)],
    ]),
  )

const LISTS: readonly Row[] = [
  ...ABSENT,
  ['a text', 'v1|1'],
  ['an object', {}],
  ['empty', []],
  ['of texts', ['v1|1']],
  ['of objects without a ticket', [{}]],
]
const ticketsOf = (tickets: readonly Row[]) =>
  tickets.map(([name, ticket]): Row => [`a ticket ${name}`, packets([], { prize_info_list: [{ ticket }] })])
const unknownTickets = (count: number) => Array.from({ length: count }, (_, index) => `v1|nobody’s ${index}`)

const FILLING: readonly ConformanceCase[] = [
  {
    name: 'packets, with each of which something else is wrong but for the first',
    call: setPrizeBucket,
    given: PREORDERED,
    request: packets([
      '{packet1}',
      '{packet1}',
      '{packetExpired}',
      '{packetTooSmall}',
      '{packetTooLarge}',
      '{packetUnauthorized}',
      '{packetOfAnother}',
      'v1|nobody’s',
    ]),
    answer: {
      success_num: 1,
      repeat_ticket_list: listOf('{packet1}'),
      expire_ticket_list: listOf('{packetExpired}'),
      invalid_amount_ticket_list: listOf('{packetTooSmall}', '{packetTooLarge}'),
      wrong_authmchid_ticket_list: listOf('{packetUnauthorized}'),
      invalid_ticket_list: listOf('{packetOfAnother}', 'v1|nobody’s'),
    },
  },
  ...after(PREORDERED, [
    {
      name: 'one more, as one client spells it',
      call: setPrizeBucket,
      request: {
        ...FIRST,
        mchid: MCHID,
        sponsorapp_id: appid,
        prizeinfolist: listOf('{packet2}'),
      },
      answer: { success_num: 1 },
    },
    {
      name: 'nothing but packets that are in it already',
      call: setPrizeBucket,
      request: packets(['{packet1}', '{packet2}']),
      answer: { success_num: 0, repeat_ticket_list: listOf('{packet1}', '{packet2}') },
    },
    {
      name: 'a packet that is in another lottery',
      call: setPrizeBucket,
      request: packets(['{packet2}'], { lottery_id: '{lottery2}' }),
      answer: { success_num: 0, repeat_ticket_list: listOf('{packet2}') },
    },
    {
      name: 'two packets into a lottery of one',
      call: setPrizeBucket,
      request: packets(['{packet3}', '{packet4}'], { lottery_id: '{fullLottery}' }),
      errcode: 9001072,
    },
    {
      name: 'a packet of 2.50 yuan into a lottery of one',
      call: setPrizeBucket,
      request: packets(['{packet3}'], { lottery_id: '{fullLottery}' }),
      answer: { success_num: 1 },
    },
    {
      name: 'one more into a lottery that is full',
      call: setPrizeBucket,
      request: packets(['{packet4}'], { lottery_id: '{fullLottery}' }),
      errcode: 9001072,
    },
    ...refused(setPrizeBucket, 'merchant', 9001090, [
      ['a packet that has expired', packets(['{packetExpired}'])],
      ['packets of 0.99 and of 1000.01 yuan', packets(['{packetTooSmall}', '{packetTooLarge}'])],
      ['a packet that another merchant number ordered', packets(['{packet4}'], { mchid: '10000099' })],
      ['one that is in it, and one that nobody ordered', packets(['{packet1}', 'v1|nobody’s'])],
    ]),
  ]),
  ...refused(setPrizeBucket, 'merchant', 9001090, [
    ['100 tickets that nobody ordered', packets(unknownTickets(100))],
    ['a ticket of 512 characters', packets(['v'.repeat(512)])],
  ]),
  ...refused(setPrizeBucket, 'merchant', 9001072, [['101 tickets', packets(unknownTickets(101))]]),
  ...refused(setPrizeBucket, 'merchant', 9001073, [
    ['another account as the sponsor', packets(['v1|1'], { sponsor_appid: CREDENTIALS.stranger.appid })],
  ]),
  ...refused(setPrizeBucket, 'merchant', 9001001, [
    ...NO_OBJECTS,
    ...each((changes) => packets(['v1|1'], changes), 'mchid', [...ABSENT, ...NO_TEXTS]),
    ...each((changes) => packets(['v1|1'], changes), 'sponsor_appid', [...ABSENT, ...NO_TEXTS]),
    ...each((changes) => packets([], changes), 'prize_info_list', LISTS),
    ...ticketsOf([...ABSENT, ...NO_TEXTS, ['empty', ''], NUL, ['of 513 characters', 'v'.repeat(513)]]),
  ]),
  ...refuseLotteries(setPrizeBucket, packets(['v1|1'])),
  ...refused(setPrizeBucket, 'merchant', 9001070, [['lottery_id a number', packets(['v1|1'], { lottery_id: 111 })]]),
]

const SWITCHING: readonly ConformanceCase[] = [
  { name: 'off', call: setLotterySwitch, request: { ...FIRST, onoff: 0 }, answer: {} },
  {
    name: 'a lottery that is off',
    call: queryLottery,
    request: FIRST,
    answer: { result: { onoff: 0 } },
  },
  { name: 'on, by POST', call: setLotterySwitch, method: 'POST', request: { ...FIRST, onoff: 1 }, answer: {} },
  ...refused(
    setLotterySwitch,
    'merchant',
    9001001,
    each((changes) => ({ ...FIRST, ...changes }), 'onoff', [
      ['absent', undefined],
      ['empty', ''],
      ['2', 2],
      ['-1', -1],
      ['a word', 'on'],
    ]),
  ),
  ...refuseLotteries(setLotterySwitch, { onoff: 1 }),
  ...refuseLotteries(queryLottery, {}),
  ...[setLotterySwitch, queryLottery].map((call) => ({
    name: 'two lotteries at once',
    call,
    query: 'lottery_id={lottery1}&lottery_id={lottery2}&onoff=1',
    errcode: 9001070,
  })),
  ...after('the stranger has a lottery', [
    ...[
      { call: setPrizeBucket, request: packets(['v1|1'], { lottery_id: '{strangersLottery}' }) },
      { call: setLotterySwitch, request: { lottery_id: '{strangersLottery}', onoff: 1 } },
      { call: queryLottery, request: { lottery_id: '{strangersLottery}' } },
    ].map(({ call, request }, index) => ({
      name: 'another account’s lottery',
      call,
      ...(index === 0 && { given: 'the stranger has a lottery' as const }),
      request,
      errcode: 9001070,
    })),
  ]),
]

const SETTINGS = {
  ...FIRST,
  title: 'Gift',
  desc: 'Shake it',
  onoff: 1,
  begin_time: '{anHourAgo}',
  expire_time: '{inAWeek}',
  sponsor_appid: appid,
  appid,
  prize_count_limit: 10,
  jump_url: 'https://example.com',
}
const counts = (expired: [number, number], drawn: [number, number], available: [number, number]) => ({
  expired_prizes: expired[0],
  drawed_prizes: drawn[0],
  available_prizes: available[0],
  expired_value: expired[1],
  drawed_value: drawn[1],
  available_value: available[1],
})

const QUERYING: readonly ConformanceCase[] = [
  ...after(PREORDERED, [
    {
      name: 'a lottery with two packets, by POST',
      call: queryLottery,
      method: 'POST',
      request: FIRST,
      answer: { result: { ...SETTINGS, prize_count: 2, ...counts([0, 0], [0, 0], [2, 100_100]) } },
    },
    {
      name: 'binds the device that a phone shakes near to the page of the lottery',
      call: relations.deviceBindPage,
      request: { device_identifier: beaconOf(1), page_ids: ['{lotteryPage}'] },
    },
    {
      name: 'a lottery in which a packet is drawn',
      call: queryLottery,
      given: 'a phone shakes near device 1, which has the page of lottery 1, and opens it',
      request: FIRST,
      answer: { result: { ...SETTINGS, prize_count: 2, ...counts([0, 0], [1, 100], [1, 100_000]) } },
    },
  ]),
  {
    name: 'a lottery that was filled by more than 3,000 calls is not counted',
    call: queryLottery,
    given: 'lottery 1 was filled by 3001 calls',
    request: FIRST,
    answer: { result: { ...SETTINGS, prize_count: 2 } },
  },
]

const LATER: readonly ConformanceCase[] = [
  {
    name: 'a lottery that is over is not switched',
    call: setLotterySwitch,
    given: 'an hour passes',
    request: { lottery_id: '{lottery2}', onoff: 0 },
    errcode: 9001091,
  },
  ...after('an hour passes', [
    {
      name: 'a lottery that is over is not filled',
      call: setPrizeBucket,
      request: packets(['v1|1'], { lottery_id: '{lottery2}' }),
      errcode: 9001091,
    },
    {
      name: 'a lottery that is over is shown',
      call: queryLottery,
      request: { lottery_id: '{lottery2}' },
      answer: { result: { prize_count: 0, ...counts([0, 0], [0, 0], [0, 0]) } },
    },
  ]),
]

/** Source: docs/protocol/shakearound.md, red packets. */
export const LOTTERIES_STORY: Story = {
  subject: 'lotteries',
  cases: [...CLOSED, ...NEW_LOTTERIES, ...FILLING, ...SWITCHING, ...QUERYING, ...LATER],
}
