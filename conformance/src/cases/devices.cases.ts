import { devices } from '@shenpi/sdk/contract/wire/devices'
import { relations } from '@shenpi/sdk/contract/wire/relations'
import type { ConformanceCase, Story } from '../case.ts'
import { beaconOf, NO_DEVICE } from '../identifiers.ts'
import { each, NO_NUMBERS, NO_TEXTS, NUL, type Row, refused } from '../refused.ts'
import { CREDENTIALS, STORES, STRANGERS, UNKNOWN, UUID } from '../world/world.ts'

const { deviceUpdate, deviceBindLocation } = devices
const { deviceBindPage, relationSearch } = relations
const { deviceSearch } = devices

const device = (device_id: number) => ({ device_identifier: { device_id } })
const pages = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index)

/** A device as device/search shows it. */
const shown = (device_id: number, changes: Record<string, unknown> = {}) => ({
  device_id,
  ...beaconOf(device_id),
  comment: 'floor 1',
  status: 0,
  last_active_time: 0,
  poi_id: STORES.approved,
  page_ids: '',
  ...changes,
})
const search = (name: string, device_id: number, changes: Record<string, unknown>): ConformanceCase => ({
  name,
  call: deviceSearch,
  request: { type: 1, device_identifiers: [{ device_id }] },
  answer: { devices: [shown(device_id, changes)] },
})

const related = (device_id: number, page_id: number) => ({ device_id, ...beaconOf(device_id), page_id })
const pagesOf = (name: string, device_id: number, page_ids: number[]): ConformanceCase => ({
  name,
  call: relationSearch,
  request: { type: 1, ...device(device_id) },
  answer: { relations: page_ids.map((page_id) => related(device_id, page_id)), total_count: page_ids.length },
})

const refuseDevices = (
  what: string,
  call: ConformanceCase['call'],
  request: Record<string, unknown>,
): ConformanceCase[] => [
  ...refused(
    call,
    'merchant',
    9001025,
    NO_DEVICE.map(([name, device_identifier]): Row => [name, { ...request, device_identifier }]),
  ),
  ...refused(call, 'merchant', 9001025, [['no device', request]]),
  ...refused(call, 'newcomer', 9001020, [[`${what} by the newcomer`, { ...request, ...device(1) }]]),
]

const UPDATE_CASES: readonly ConformanceCase[] = [
  search('a device says what its batch says', 1, {}),
  {
    name: 'a device is given a remark of its own',
    call: deviceUpdate,
    request: { ...device(1), comment: '王'.repeat(15) },
  },
  search('it shows the remark', 1, { comment: '王'.repeat(15) }),
  {
    name: 'by its beacon too, in small letters',
    call: deviceUpdate,
    request: {
      device_identifier: { ...beaconOf(1), uuid: UUID.toLowerCase(), device_id: null },
      comment: 'w'.repeat(30),
    },
  },
  search('it shows the second remark', 1, { comment: 'w'.repeat(30) }),
  {
    name: 'device_id wins over a beacon that comes along',
    call: deviceUpdate,
    request: { device_identifier: { device_id: 2, uuid: '', major: 0, minor: 0 }, comment: '' },
  },
  search('a remark may be emptied', 2, { comment: '' }),
  search('its neighbours in the batch are left alone', 3, {}),
  {
    name: 'an account marks its own devices alone',
    call: deviceUpdate,
    by: 'stranger',
    request: { ...device(1), comment: 'mine' },
    errcode: 9001025,
  },
  {
    name: 'a remark of 16 Chinese characters',
    call: deviceUpdate,
    request: { ...device(1), comment: '王'.repeat(16) },
    errcode: 9001034,
  },
  {
    name: 'a remark of 31 letters',
    call: deviceUpdate,
    request: { ...device(1), comment: 'w'.repeat(31) },
    errcode: 9001034,
  },
  ...refused(
    deviceUpdate,
    'merchant',
    9001034,
    each((remark) => ({ ...device(1), ...remark }), 'comment', [...NO_TEXTS, NUL]),
  ),
  { name: 'no remark', call: deviceUpdate, request: device(1), errcode: 9001001 },
  { name: 'device/update with a list', call: deviceUpdate, request: [], errcode: 9001001 },
  ...refuseDevices('device/update', deviceUpdate, { comment: 'door' }),
]

const locate = (device_id: number, location: Record<string, unknown>) => ({ ...device(device_id), ...location })
const theirs = (poi_id: number) => ({ type: 2, poi_id, poi_appid: CREDENTIALS.stranger.appid })
const location = (name: string, request: Record<string, unknown>, errcode?: number): ConformanceCase => ({
  name,
  call: deviceBindLocation,
  request,
  ...(errcode && { errcode }),
})

const LOCATION_CASES: readonly ConformanceCase[] = [
  location('a device is bound to a store', locate(4, { poi_id: STORES.approved })),
  search('it shows the store', 4, { comment: '', poi_id: STORES.approved }),
  location('a store of the account needs no approval', locate(4, { poi_id: STORES.underReview, type: 1 })),
  search('it shows the store under review', 4, { comment: '', poi_id: STORES.underReview }),
  location("a device is bound to another account's store", locate(4, theirs(STORES.strangers.approved))),
  search('it shows the store and whose it is', 4, {
    comment: '',
    poi_id: STORES.strangers.approved,
    poi_appid: CREDENTIALS.stranger.appid,
  }),
  location(
    'its own account named as the other',
    locate(5, { ...theirs(STORES.approved), poi_appid: CREDENTIALS.merchant.appid }),
  ),
  search('shows the store as its own', 5, { comment: '', poi_id: STORES.approved }),
  location('0 clears the store', locate(4, { poi_id: 0 })),
  search('it shows none', 4, { comment: '', poi_id: 0 }),
  location("0 clears the batch's store too, in either form", locate(3, { poi_id: 0, type: 2 })),
  search('it shows none, whatever its batch says', 3, { poi_id: 0 }),
  location('an unknown store', locate(1, { poi_id: UNKNOWN }), 9001033),
  location("another account's store as one's own", locate(1, { poi_id: STORES.strangers.approved }), 9001033),
  location('a deleted store', locate(1, { poi_id: STORES.deleted }), 9001033),
  location("another's unknown store", locate(1, theirs(UNKNOWN)), 9001033),
  location("another's store under review", locate(1, theirs(STORES.strangers.underReview)), 9001033),
  location("another's rejected store", locate(1, theirs(STORES.strangers.rejected)), 9001033),
  location("another's deleted store", locate(1, theirs(STORES.strangers.deleted)), 9001033),
  location(
    'type 2 with a store of its own that is under review',
    {
      ...locate(1, { ...theirs(STORES.underReview), poi_appid: CREDENTIALS.merchant.appid }),
    },
    9001033,
  ),
  location('type 2 without poi_appid', locate(1, { poi_id: STORES.strangers.approved, type: 2 }), 9001033),
  location('type 2 with an unknown poi_appid', locate(1, { ...theirs(501), poi_appid: 'wx0' }), 9001033),
  location('type 2 with U+0000 in poi_appid', locate(1, { ...theirs(501), poi_appid: 'wx\0' }), 9001033),
  location('a type 3 of device/bindlocation', locate(1, { poi_id: 0, type: 3 }), 9001001),
  ...refused(
    deviceBindLocation,
    'merchant',
    9001001,
    each((type) => locate(1, { poi_id: 0, ...type }), 'type', [['0', 0], ...NO_NUMBERS]),
  ),
  ...refused(
    deviceBindLocation,
    'merchant',
    9001033,
    each((whose) => locate(1, { ...theirs(501), ...whose }), 'poi_appid', [
      ...NO_TEXTS,
      ['of 64 characters', 'w'.repeat(64)],
      ['of 65 characters', 'w'.repeat(65)],
    ]),
  ),
  location('a device is named by its beacon', { device_identifier: beaconOf(1), poi_id: STORES.approved }),
  location('no store', device(1), 9001033),
  location('a store that is no number', locate(1, { poi_id: 'here' }), 9001033),
  location('a store below 0', locate(1, { poi_id: -1 }), 9001033),
  ...refuseDevices('device/bindlocation', deviceBindLocation, { poi_id: STORES.approved }),
]

const bind = (name: string, request: Record<string, unknown>, errcode?: number): ConformanceCase => ({
  name,
  call: deviceBindPage,
  request: { ...device(1), ...request },
  ...(errcode && { errcode }),
})

const BINDING_CASES: readonly ConformanceCase[] = [
  { ...bind('pages are bound, one named twice', { page_ids: [2, 1, 2] }), given: 'the merchant has pages 1 to 31' },
  pagesOf('the device has them', 1, [1, 2]),
  search('device/search joins them by commas', 1, { comment: 'w'.repeat(30), page_ids: '1,2' }),
  bind('other pages take their place', { page_ids: [2, 3] }),
  pagesOf('the device has the others alone', 1, [2, 3]),
  bind('bind 1, append 1 adds', { page_ids: [3, 4], bind: 1, append: 1 }),
  pagesOf('the device has all three', 1, [2, 3, 4]),
  bind('bind 0 unbinds those named, and passes over one that is not bound', {
    page_ids: [2, 3, 9],
    bind: 0,
    append: 0,
  }),
  pagesOf('the device has the rest', 1, [4]),
  bind('bind 0 unbinds nothing when it names nothing', { page_ids: [], bind: 0 }),
  pagesOf('the device has it still', 1, [4]),
  bind('bind 1, append 0 overwrites', { page_ids: [5], bind: 1, append: 0 }),
  pagesOf('the device has what it was given', 1, [5]),
  bind('append 1 alone adds', { page_ids: ['6'], append: '1' }),
  pagesOf('the device has both', 1, [5, 6]),
  bind('an empty list clears', { page_ids: [] }),
  pagesOf('the device has none', 1, []),
  bind('30 pages are bound', { page_ids: pages(1, 30) }),
  pagesOf('the device has 30', 1, pages(1, 30)),
  bind('31 pages are too many', { page_ids: pages(1, 31) }, 9001037),
  bind('one more than 30 is too many', { page_ids: [31], bind: 1, append: 1 }, 9001037),
  bind('one that it has already is not', { page_ids: [30], bind: 1, append: 1 }),
  bind('an unknown page', { page_ids: [1, UNKNOWN] }, 9001026),
  bind('an unknown page to unbind', { page_ids: [UNKNOWN], bind: 0 }, 9001026),
  bind("another account's page", { page_ids: [1, STRANGERS.page] }, 9001026),
  bind("another account's page to unbind", { page_ids: [STRANGERS.page], bind: 0 }, 9001026),
  bind('page 0', { page_ids: [0] }, 9001026),
  bind('a page that is no number', { page_ids: ['one'] }, 9001026),
  ...refused(deviceBindPage, 'merchant', 9001032, [
    ...each((form) => ({ ...device(1), page_ids: [1], ...form }), 'bind', NO_NUMBERS),
    ...each((form) => ({ ...device(1), page_ids: [1], ...form }), 'append', NO_NUMBERS),
  ]),
  {
    name: 'a device is named by its beacon',
    call: deviceBindPage,
    request: { device_identifier: beaconOf(5), page_ids: [] },
  },
  bind('no pages', {}, 9001032),
  bind('pages that are no list', { page_ids: 1 }, 9001032),
  bind('a bind of 2', { page_ids: [1], bind: 2 }, 9001032),
  bind('an append of 2', { page_ids: [1], append: 2 }, 9001032),
  ...refuseDevices('device/bindpage', deviceBindPage, { page_ids: [] }),
]

const relation = (
  name: string,
  request: Record<string, unknown>,
  expected: { errcode: number } | { answer: Record<string, unknown> },
): ConformanceCase => ({ name, call: relationSearch, request, ...expected })

const RELATION_CASES: readonly ConformanceCase[] = [
  { name: 'device 4 is bound to page 30', call: deviceBindPage, request: { ...device(4), page_ids: [30] } },
  { name: 'device 8 is bound to page 30', call: deviceBindPage, request: { ...device(8), page_ids: [30] } },
  relation(
    'the devices of a page',
    { type: 2, page_id: 30, begin: 0, count: 2 },
    { answer: { relations: [related(1, 30), related(4, 30)], total_count: 3 } },
  ),
  relation(
    'its other devices',
    { type: '2', page_id: '30', begin: 2, count: 50 },
    { answer: { relations: [related(8, 30)], total_count: 3 } },
  ),
  relation(
    'the devices of a page, paging left out',
    { type: 2, page_id: 30 },
    { answer: { total_count: 3, relations: [1, 4, 8].map((id) => related(id, 30)) } },
  ),
  relation(
    'a page without devices',
    { type: 2, page_id: 31, begin: 0, count: 50 },
    { answer: { relations: [], total_count: 0 } },
  ),
  relation(
    'the pages of a device, whatever begin and count say',
    { type: 1, ...device(1), begin: 29, count: 1 },
    { answer: { relations: pages(1, 30).map((page) => related(1, page)), total_count: 30 } },
  ),
  relation(
    'an unknown page of relation/search',
    { type: 2, page_id: UNKNOWN, begin: 0, count: 1 },
    { errcode: 9001026 },
  ),
  relation(
    "another account's page of relation/search",
    { type: 2, page_id: STRANGERS.page, begin: 0, count: 1 },
    { errcode: 9001026 },
  ),
  relation('relation/search without type', device(1), { errcode: 9001001 }),
  relation('a type 3 of relation/search', { type: 3, ...device(1) }, { errcode: 9001001 }),
  ...refused(relationSearch, 'merchant', 9001001, [
    ...each((type) => ({ ...device(1), ...type }), 'type', [['0', 0], ...NO_NUMBERS]),
    ...each((page) => ({ type: 2, page_id: 30, ...page }), 'count', NO_NUMBERS),
  ]),
  ...refused(
    relationSearch,
    'merchant',
    9001026,
    each((page) => ({ type: 2, ...page }), 'page_id', [['0', 0], ...NO_NUMBERS]),
  ),
  relation(
    'the pages of a device that is named by its beacon',
    { type: 1, device_identifier: beaconOf(8) },
    { answer: { relations: [related(8, 30)], total_count: 1 } },
  ),
  relation('the pages of no device', { type: 1, page_id: 30 }, { errcode: 9001001 }),
  relation('the devices of no page', { type: 2, begin: 0, count: 1 }, { errcode: 9001001 }),
  relation('51 relations asked for', { type: 2, page_id: 30, begin: 0, count: 51 }, { errcode: 9001001 }),
  relation('no relation asked for', { type: 2, page_id: 30, begin: 0, count: 0 }, { errcode: 9001001 }),
  relation('relations from -1 on', { type: 2, page_id: 30, begin: -1, count: 1 }, { errcode: 9001036 }),
  ...refuseDevices('relation/search', relationSearch, { type: 1 }).filter(({ name }) => name !== 'no device'),
]

const second = { comment: 'w'.repeat(30), page_ids: pages(1, 30).join(',') }
const LIST = [
  shown(1, second),
  shown(2, { comment: '', status: 1, last_active_time: 1_437_276_018 }),
  shown(3, { poi_id: 0 }),
  shown(4, { comment: '', poi_id: 0, page_ids: '30' }),
  shown(5, { comment: '' }),
  shown(8, { comment: 'door', poi_id: 0, page_ids: '30' }),
]
const list = (name: string, request: Record<string, unknown>, devices: unknown[]): ConformanceCase => ({
  name,
  call: deviceSearch,
  request,
  answer: { devices, total_count: LIST.length },
})

const SEARCH_CASES: readonly ConformanceCase[] = [
  {
    ...list('all devices', { type: 2, last_seen: 0, count: 50 }, LIST),
    given: 'device 2 was last shaken at 1437276018',
  },
  list('a page of them', { type: 2, last_seen: 1, count: 3 }, LIST.slice(1, 4)),
  list('a page of them by the older form', { begin: 4, count: 2 }, LIST.slice(4)),
  list('beyond the last', { type: 2, last_seen: 8, count: 50 }, []),
  list('those of the second batch', { type: 3, apply_id: '{secondBatch}', last_seen: 0, count: 50 }, LIST.slice(3, 5)),
  list(
    'those named, each once, in their order',
    { device_identifiers: [{ device_id: 8 }, beaconOf(4), { device_id: 1 }, { device_id: 4 }] },
    [LIST[0], LIST[3], LIST[5]],
  ),
  {
    name: '50 devices named',
    call: deviceSearch,
    request: { type: 1, device_identifiers: Array.from({ length: 50 }, () => ({ device_id: 3 })) },
    answer: { devices: [shown(3, { poi_id: 0 })] },
  },
  ...refused(
    deviceSearch,
    'merchant',
    9001025,
    NO_DEVICE.map(
      ([name, device_identifier]): Row => [`${name}, named`, { type: 1, device_identifiers: [device_identifier] }],
    ),
  ),
  {
    name: 'devices named, none of them',
    call: deviceSearch,
    request: { type: 1, device_identifiers: [] },
    errcode: 9001025,
  },
  {
    name: '51 devices named',
    call: deviceSearch,
    request: { type: 1, device_identifiers: Array.from({ length: 51 }, () => ({ device_id: 1 })) },
    errcode: 9001024,
  },
  { name: '51 devices asked for', call: deviceSearch, request: { type: 2, last_seen: 0, count: 51 }, errcode: 9001024 },
  { name: 'no device asked for', call: deviceSearch, request: { type: 2, last_seen: 0, count: 0 }, errcode: 9001001 },
]

export const DEVICES_STORY: Story = {
  subject: 'devices',
  cases: [...UPDATE_CASES, ...LOCATION_CASES, ...BINDING_CASES, ...RELATION_CASES, ...SEARCH_CASES],
}
