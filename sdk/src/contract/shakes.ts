import { call, refusal, wholeNumber } from './call.ts'
import { Type } from './schema.ts'
import { DeviceIdentifier } from './shakearound.ts'

/** Statistics reach back this many days, and one range spans at most so many. Source: docs/protocol/shakearound.md, statistics. */
export const STATISTICS_DAYS = { back: 90, span: 30 } as const
/** Rows in one page of the list statistics. Source: as above. */
export const STATISTICS_PAGE = 50
/** How long a ticket is good for. Unit: seconds. Source: docs/protocol/shakearound.md, user/getshakeinfo. */
export const TICKET_LIFETIME_S = 1800
/** The longest text that is looked at as a ticket. Unit: characters. */
export const TICKET_MAX = 1024

const post = { authorized: true, activated: true, methods: ['POST'], body: 'json' } as const
const shake = { ...post, family: 'shakearound' } as const

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

const beacon = {
  uuid: Type.String(),
  major: wholeNumber({ maximum: 0xffff }),
  minor: wholeNumber({ maximum: 0xffff }),
}

export const shakes = {
  getShakeInfo: call({
    ...shake,
    path: '/shakearound/user/getshakeinfo',
    summary: 'Read who shook near which device, by the ticket of an opened page',
    safe: true,
    request: Type.Object(
      {
        ticket: Type.String({ minLength: 1, maxLength: TICKET_MAX, ...refusal('ticket.invalid') }),
        /** 1 or true: the store is answered as well. */
        need_poi: Type.Optional(Type.Unknown()),
      },
      refusal('shake.request_invalid'),
    ),
    answer: Type.Object({
      page_id: wholeNumber(),
      beacon_info: Type.Object({ distance: Type.Number({ minimum: 0 }), ...beacon }),
      openid: Type.String(),
      poi_id: Type.Optional(wholeNumber()),
    }),
    problems: ['shake.request_invalid', 'ticket.invalid'],
  }),

  statisticsDevice: call({
    ...shake,
    path: '/shakearound/statistics/device',
    summary: 'Read the days of a device',
    safe: true,
    request: Type.Object({ device_identifier: DeviceIdentifier, ...range }, refusal('shake.request_invalid')),
    answer: Type.Array(Day),
    problems: ['shake.request_invalid', 'device.invalid', 'statistics.range_invalid'],
  }),

  statisticsPage: call({
    ...shake,
    path: '/shakearound/statistics/page',
    summary: 'Read the days of a page',
    safe: true,
    request: Type.Object({ page_id: wholeNumber(refusal('page.invalid')), ...range }, refusal('shake.request_invalid')),
    answer: Type.Array(Day),
    problems: ['shake.request_invalid', 'page.invalid', 'statistics.range_invalid'],
  }),

  statisticsDeviceList: call({
    ...post,
    family: 'shakearound_list',
    path: '/shakearound/statistics/devicelist',
    summary: 'List the devices of a day, those with most people first',
    safe: true,
    request: Type.Object(listed, refusal('shake.request_invalid')),
    answer: Type.Object({
      data: Type.Object({ devices: Type.Array(Type.Object({ device_id: wholeNumber(), ...beacon, ...counters })) }),
      ...beside,
    }),
    problems: ['shake.request_invalid', 'statistics.range_invalid'],
  }),

  statisticsPageList: call({
    ...post,
    family: 'shakearound_list',
    path: '/shakearound/statistics/pagelist',
    summary: 'List the pages of a day, those with most people first',
    safe: true,
    request: Type.Object(listed, refusal('shake.request_invalid')),
    answer: Type.Object({
      data: Type.Object({ pages: Type.Array(Type.Object({ page_id: wholeNumber(), ...counters })) }),
      ...beside,
    }),
    problems: ['shake.request_invalid', 'statistics.range_invalid'],
  }),
}
