import { call, refusal, wholeNumber } from '../call.ts'
import { Type } from '../schema.ts'
import { beacon, DeviceIdentifier } from './devices.ts'
import { activatedCall, shakeRefusal } from './families.ts'

/** Statistics reach back this many days, and one range spans at most so many. Source: docs/protocol/shakearound.md, statistics. */
export const STATISTICS_DAYS = { back: 90, span: 30 } as const

/** Rows in one page of the list statistics. Source: as above. */
export const STATISTICS_PAGE = 50

const counters = {
  shake_pv: wholeNumber(),
  shake_uv: wholeNumber(),
  click_pv: wholeNumber(),
  click_uv: wholeNumber(),
}

const Day = Type.Object({ ftime: wholeNumber(), ...counters })
const date = wholeNumber(refusal('statistics.range_invalid'))
const range = { begin_date: date, end_date: date }
const listed = { date, page_index: wholeNumber({ minimum: 1 }) }
const beside = { date: wholeNumber(), total_count: wholeNumber(), page_index: wholeNumber() }

export const statistics = {
  statisticsDevice: call({
    ...activatedCall,
    path: '/shakearound/statistics/device',
    summary: 'Read the days of a device',
    safe: true,
    request: Type.Object({ device_identifier: DeviceIdentifier, ...range }, shakeRefusal),
    answer: Type.Array(Day),
    problems: ['shake.request_invalid', 'device.invalid', 'statistics.range_invalid'],
  }),

  statisticsPage: call({
    ...activatedCall,
    path: '/shakearound/statistics/page',
    summary: 'Read the days of a page',
    safe: true,
    request: Type.Object({ page_id: wholeNumber(refusal('page.invalid')), ...range }, shakeRefusal),
    answer: Type.Array(Day),
    problems: ['shake.request_invalid', 'page.invalid', 'statistics.range_invalid'],
  }),

  statisticsDeviceList: call({
    ...activatedCall,
    family: 'shakearound_list',
    path: '/shakearound/statistics/devicelist',
    summary: 'List the devices of a day, those with most people first',
    safe: true,
    request: Type.Object(listed, shakeRefusal),
    answer: Type.Object({
      data: Type.Object({ devices: Type.Array(Type.Object({ device_id: wholeNumber(), ...beacon, ...counters })) }),
      ...beside,
    }),
    problems: ['shake.request_invalid', 'statistics.range_invalid'],
  }),

  statisticsPageList: call({
    ...activatedCall,
    family: 'shakearound_list',
    path: '/shakearound/statistics/pagelist',
    summary: 'List the pages of a day, those with most people first',
    safe: true,
    request: Type.Object(listed, shakeRefusal),
    answer: Type.Object({
      data: Type.Object({ pages: Type.Array(Type.Object({ page_id: wholeNumber(), ...counters })) }),
      ...beside,
    }),
    problems: ['shake.request_invalid', 'statistics.range_invalid'],
  }),
}
