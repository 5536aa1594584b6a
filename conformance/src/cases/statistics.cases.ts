import { pages } from '@shenpi/sdk/contract/wire/pages'
import { statistics } from '@shenpi/sdk/contract/wire/statistics'
import type { ConformanceCase, Story } from '../case.ts'
import { NO_DEVICE } from '../identifiers.ts'
import { ABSENT, each, NO_NUMBERS, NO_OBJECTS, type Row, refused } from '../refused.ts'
import { aPage } from '../requests.ts'
import { beaconOf, daysAgo, deviceId, inDigits, PICTURES, pageId, STRANGERS } from '../world/named.ts'
import { UNKNOWN } from '../world/world.ts'

const { statisticsDevice, statisticsPage, statisticsDeviceList, statisticsPageList } = statistics

const three = { ftime: daysAgo(3), shake_pv: 3, shake_uv: 2, click_pv: 1, click_uv: 1 }
const one = { ftime: daysAgo(1), shake_pv: 1, shake_uv: 1, click_pv: 0, click_uv: 0 }
const range = { begin_date: daysAgo(5), end_date: daysAgo(1) }
const ofDevice = { device_identifier: { device_id: deviceId(1) }, ...range }
const ofPage = { page_id: pageId(1), ...range }
const listed = { date: daysAgo(3), page_index: 1 }

const NO_DATES: readonly Row[] = [...ABSENT, ...NO_NUMBERS, ['a date in words', '2026-03-13']]

/** Ranges that are refused, whatever they are of. */
const ranges = (of: Record<string, unknown>): Row[] => [
  ...each((date) => ({ ...of, ...date }), 'begin_date', NO_DATES),
  ...each((date) => ({ ...of, ...date }), 'end_date', NO_DATES),
  ['up to today', { ...of, end_date: daysAgo(0) }],
  ['backwards', { ...of, begin_date: daysAgo(1), end_date: daysAgo(2) }],
  ['31 days apart', { ...of, begin_date: daysAgo(32) }],
  ['from 91 days ago', { ...of, begin_date: daysAgo(91), end_date: daysAgo(90) }],
]

const SHOOK = 'people shook near devices 1 and 2 one and three days ago'

/** Source: docs/protocol/shakearound.md, statistics. */
const CASES: readonly ConformanceCase[] = [
  {
    name: 'adds the page that its statistics are of',
    call: pages.pageAdd,
    request: aPage(PICTURES.merchant.icon),
    keep: { page1: 'page_id' },
  },
  {
    name: 'the days of a device on which something happened',
    call: statisticsDevice,
    given: SHOOK,
    request: ofDevice,
    answer: [three, one],
  },
  {
    name: 'of a device by its beacon, and one day',
    after: SHOOK,
    call: statisticsDevice,
    request: { device_identifier: { ...beaconOf(1), device_id: null }, begin_date: daysAgo(3), end_date: daysAgo(3) },
    answer: [three],
  },
  {
    name: 'of the longest range',
    after: SHOOK,
    call: statisticsDevice,
    request: { ...ofDevice, begin_date: daysAgo(31) },
    answer: [three, one],
  },
  {
    name: 'of a range as long ago as there is',
    call: statisticsDevice,
    request: { ...ofDevice, begin_date: daysAgo(90), end_date: daysAgo(61) },
    answer: [],
  },
  ...refused(statisticsDevice, 'merchant', 9001001, NO_OBJECTS),
  ...refused(statisticsDevice, 'merchant', 9001025, [
    ['no device', range],
    ...NO_DEVICE.map(([name, device_identifier]): Row => [name, { ...ofDevice, device_identifier }]),
  ]),
  ...refused(statisticsDevice, 'merchant', 9001031, ranges(ofDevice)),

  { name: 'the days of a page', after: SHOOK, call: statisticsPage, request: ofPage, answer: [three, one] },
  {
    name: 'of a page in digits',
    after: SHOOK,
    call: statisticsPage,
    request: { page_id: inDigits(pageId(1)), begin_date: inDigits(daysAgo(3)), end_date: inDigits(daysAgo(2)) },
    answer: [three],
  },
  ...refused(statisticsPage, 'merchant', 9001001, NO_OBJECTS),
  ...refused(statisticsPage, 'merchant', 9001026, [
    ...each((page) => ({ ...ofPage, ...page }), 'page_id', [
      ...ABSENT,
      ...NO_NUMBERS,
      ['0', 0],
      ['that nobody has', UNKNOWN],
      ["another account's", STRANGERS.page],
    ]),
  ]),
  ...refused(statisticsPage, 'merchant', 9001031, ranges(ofPage)),

  {
    name: 'the devices of a day, those with most people first',
    after: SHOOK,
    call: statisticsDeviceList,
    request: listed,
    answer: {
      data: {
        devices: [
          { device_id: deviceId(1), ...beaconOf(1), shake_pv: 3, shake_uv: 2, click_pv: 1, click_uv: 1 },
          { device_id: deviceId(2), ...beaconOf(2), shake_pv: 1, shake_uv: 1, click_pv: 0, click_uv: 0 },
        ],
      },
      date: daysAgo(3),
      total_count: 2,
      page_index: 1,
    },
  },
  {
    name: 'a page behind the last, of any time of the day',
    after: SHOOK,
    call: statisticsDeviceList,
    request: { date: '{twoHoursIntoDaysAgo3}', page_index: '2' },
    answer: { data: { devices: [] }, date: daysAgo(3), total_count: 2, page_index: 2 },
  },
  {
    name: 'the pages of a day',
    after: SHOOK,
    call: statisticsPageList,
    request: listed,
    answer: {
      data: {
        pages: [
          { page_id: pageId(1), shake_pv: 3, shake_uv: 2, click_pv: 1, click_uv: 1 },
          { page_id: pageId(2), shake_pv: 1, shake_uv: 1, click_pv: 0, click_uv: 0 },
        ],
      },
      total_count: 2,
    },
  },
  {
    name: 'the pages of a day on which nothing happened',
    call: statisticsPageList,
    request: { ...listed, date: daysAgo(90) },
    answer: { data: { pages: [] }, date: daysAgo(90), total_count: 0, page_index: 1 },
  },
  ...[statisticsDeviceList, statisticsPageList].flatMap((call) => [
    ...refused(call, 'merchant', 9001001, [
      ...NO_OBJECTS,
      ...each((page) => ({ ...listed, ...page }), 'page_index', [...ABSENT, ['0', 0], ...NO_NUMBERS]),
    ]),
    ...refused(call, 'merchant', 9001031, [
      ...each((date) => ({ ...listed, ...date }), 'date', NO_DATES),
      ['today', { ...listed, date: daysAgo(0) }],
      ['91 days ago', { ...listed, date: daysAgo(91) }],
    ]),
    ...refused(call, 'newcomer', 9001020, [['by the newcomer', listed]]),
  ]),
  ...refused(statisticsDevice, 'newcomer', 9001020, [['by the newcomer', ofDevice]]),
  ...refused(statisticsPage, 'newcomer', 9001020, [['by the newcomer', ofPage]]),
  {
    name: "another account's shakes are not seen",
    call: statisticsPageList,
    by: 'stranger',
    request: listed,
    answer: { data: { pages: [] }, total_count: 0 },
  },
]

export const STATISTICS_STORY: Story = { subject: 'statistics', cases: CASES }
