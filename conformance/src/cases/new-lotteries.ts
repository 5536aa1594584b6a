import { lotteries } from '@shenpi/sdk/contract/wire/lotteries'
import { pages } from '@shenpi/sdk/contract/wire/pages'
import type { ConformanceCase } from '../case.ts'
import { ABSENT, each, longest, NO_NUMBERS, NO_OBJECTS, NO_TEXTS, NUL, type Row, refused, tooLong } from '../refused.ts'
import { aLottery } from '../requests.ts'
import { CREDENTIALS, PICTURES } from '../world/named.ts'

const { addLotteryInfo, queryLottery } = lotteries

const { appid } = CREDENTIALS.merchant

/** A lottery of the merchant's to create. */
export const lottery = (changes: Record<string, unknown> = {}) => aLottery(appid, PICTURES.merchant.icon, changes)
const added = (name: string, changes: Record<string, unknown>, more: Partial<ConformanceCase> = {}) => ({
  name,
  call: addLotteryInfo,
  request: lottery(changes),
  ...more,
})

const LINKS: readonly Row[] = [
  ['of 2049 characters', `https://example.com/${'p'.repeat(2029)}`],
  ['that is no link', 'example.com/p'],
  ['of another scheme', 'weixin://example.com'],
  ['with a blank', 'https://example.com/a b'],
]
const LINK_OF_2048 = `https://example.com/${'p'.repeat(2028)}`

/** The story of lotteries begins with those that are created, and those that are not. */
export const NEW_LOTTERIES: readonly ConformanceCase[] = [
  added(
    'a lottery, and a page that is made for it',
    {},
    {
      answer: { lottery_id: '{lottery1}', page_id: '{lotteryPage}' },
      keep: { lottery1: 'lottery_id', lotteryPage: 'page_id' },
    },
  ),
  {
    name: 'the page says what the lottery says',
    call: pages.pageSearch,
    request: { type: 1, page_ids: ['{lotteryPage}'] },
    answer: {
      pages: [{ page_id: '{lotteryPage}', title: 'Gift', description: 'Shake it', icon_url: PICTURES.merchant.icon }],
    },
  },
  added(
    'a lottery with a page of the merchant’s own, as one client spells it',
    {
      use_template: '2',
      logo_url: undefined,
      onoff: undefined,
      sponsor_appid: undefined,
      sponsorapp_id: appid,
      jump_url: undefined,
      jumpurl: 'https://example.com/own',
      expire_time: '{inAnHour}',
    },
    { answer: { page_id: 0 }, keep: { lottery2: 'lottery_id' } },
  ),
  {
    name: 'it is on unless it says otherwise',
    call: queryLottery,
    request: { lottery_id: '{lottery2}' },
    answer: { result: { onoff: 1, jump_url: 'https://example.com/own' } },
  },
  added('a lottery of one packet', { total: '1' }, { keep: { fullLottery: 'lottery_id' } }),
  added(
    'as much as a lottery may have, off, the logo on another host, blanks around a link',
    {
      logo_url: LINK_OF_2048,
      jump_url: ` ${LINK_OF_2048} `,
      total: 100_000,
      onoff: 0,
      expire_time: '{in91DaysLessAnHour}',
      sponsorapp_id: 'passed over',
    },
    { keep: { lastingLottery: 'lottery_id' } },
  ),
  added('a lottery that begins later, without a link', { begin_time: '{inAnHour}', jump_url: '' }),
  ...longest(6).map(([name, title]) => added(`title ${name}`, { title })),
  ...longest(7).map(([name, desc]) => added(`desc ${name}`, { desc })),

  ...refused(addLotteryInfo, 'merchant', 9001001, [
    ...NO_OBJECTS,
    ...each(lottery, 'use_template', [
      ['absent', undefined],
      ['0', 0],
      ['3', 3],
      ['a word', 'yes'],
    ]),
    ...each(lottery, 'logo_url', LINKS),
    ...each(lottery, 'title', [...ABSENT, ['empty', ''], NUL, ...NO_TEXTS, ...tooLong(6)]),
    ...each(lottery, 'desc', [...ABSENT, ['empty', ''], NUL, ...NO_TEXTS, ...tooLong(7)]),
    ...each(lottery, 'onoff', [...NO_NUMBERS, ['2', 2]]),
    ...each(lottery, 'begin_time', [...ABSENT, ...NO_NUMBERS, ['of 2106', 4_294_967_296]]),
    ...each(lottery, 'expire_time', [...ABSENT, ...NO_NUMBERS, ['of 2106', 4_294_967_296]]),
    ...each(lottery, 'sponsor_appid', [...ABSENT, ...NO_TEXTS]),
    ...each(lottery, 'total', [...ABSENT, ...NO_NUMBERS.slice(0, -2), ['0', 0]]),
    ...each(lottery, 'jump_url', [...NO_TEXTS, ...LINKS]),
    ...each(lottery, 'key', [
      ...ABSENT,
      ...NO_TEXTS,
      ['of 31 characters', 'k'.repeat(31)],
      ['of 33 characters', 'k'.repeat(33)],
      ['of 32 Chinese characters', '王'.repeat(32)],
    ]),
  ]),
  added('two logos', { logo_url: undefined }, { query: 'logo_url=a&logo_url=b', errcode: 9001001 }),
  ...refused(addLotteryInfo, 'merchant', 9001031, [
    ['that ends when it begins', lottery({ expire_time: '{anHourAgo}' })],
    ['that ends before it begins', lottery({ begin_time: '{inAWeek}', expire_time: '{inAnHour}' })],
    ['of 91 days and a second', lottery({ expire_time: '{in91DaysLessAnHourAndASecond}' })],
    ['that is over', lottery({ begin_time: '{daysAgo2}', expire_time: '{daysAgo1}' })],
    [
      'that begins and ends with the last second of 32 bits',
      lottery({ begin_time: 4_294_967_295, expire_time: 4_294_967_295 }),
    ],
  ]),
  ...refused(addLotteryInfo, 'merchant', 9001059, [
    ['a page to be made without a logo', lottery({ logo_url: undefined })],
    ['a page to be made with an empty logo', lottery({ logo_url: '' })],
  ]),
  ...refused(addLotteryInfo, 'merchant', 9001063, [
    ['another account as its sponsor', lottery({ sponsor_appid: CREDENTIALS.stranger.appid })],
    ['a sponsor in capitals', lottery({ sponsor_appid: '{merchantAppidInCapitals}' })],
    ['an empty sponsor', lottery({ sponsor_appid: '' })],
  ]),
  ...refused(addLotteryInfo, 'merchant', 9001072, [['more than 100,000 packets', lottery({ total: 100_001 })]]),
]
