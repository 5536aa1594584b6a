import { devices } from '@shenpi/sdk/contract/devices'
import { shakearound } from '@shenpi/sdk/contract/shakearound'
import { DEVICES, MERCHANT_APPID, NEIGHBOUR_APPID, NEIGHBOURS, STORES, UNKNOWN, UUID } from './shake-world.ts'
import type { WireCase } from './wire-case.ts'

const { deviceUpdate, deviceBindLocation, deviceBindPage, relationSearch } = devices
const { deviceSearch } = shakearound

const device = (device_id: number) => ({ device_identifier: { device_id } })
const beacon = (device_id: number) => ({ uuid: UUID, major: 0, minor: device_id })
const [NEIGHBOURS_DEVICE] = DEVICES.neighbours
const pages = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index)

/** A device as device/search shows it. */
const shown = (device_id: number, changes: Record<string, unknown> = {}) => ({
  device_id,
  ...beacon(device_id),
  comment: 'floor 1',
  status: 0,
  last_active_time: 0,
  poi_id: STORES.approved,
  page_ids: '',
  ...changes,
})
const search = (name: string, device_id: number, changes: Record<string, unknown>): WireCase => ({
  name,
  call: deviceSearch,
  request: { type: 1, device_identifiers: [{ device_id }] },
  answer: { devices: [shown(device_id, changes)] },
})

const related = (device_id: number, page_id: number) => ({ device_id, ...beacon(device_id), page_id })
const pagesOf = (name: string, device_id: number, page_ids: number[]): WireCase => ({
  name,
  call: relationSearch,
  request: { type: 1, ...device(device_id) },
  answer: { relations: page_ids.map((page_id) => related(device_id, page_id)), total_count: page_ids.length },
})

/** Identifiers that name no device of the merchant's, whatever the call. */
const NO_DEVICE: { name: string; device_identifier: unknown }[] = [
  { name: 'an unknown device', device_identifier: { device_id: UNKNOWN } },
  { name: "another account's device", device_identifier: { device_id: NEIGHBOURS_DEVICE } },
  { name: "another account's beacon", device_identifier: beacon(NEIGHBOURS_DEVICE) },
  { name: 'an unknown beacon', device_identifier: beacon(UNKNOWN % 0x10000) },
  { name: "a beacon under someone else's UUID", device_identifier: { ...beacon(1), uuid: UUID.replace('F', 'E') } },
  { name: 'half a beacon', device_identifier: { uuid: UUID, major: 0 } },
  { name: 'a major beyond 65535', device_identifier: { ...beacon(1), major: 65_536 } },
  { name: 'a device id that is no number', device_identifier: { device_id: 'one' } },
  { name: 'device 0', device_identifier: { device_id: 0 } },
  { name: 'an identifier without members', device_identifier: {} },
  { name: 'an identifier that is a number', device_identifier: 1 },
]

const refuseDevices = (what: string, call: WireCase['call'], request: Record<string, unknown>): WireCase[] => [
  ...NO_DEVICE.map(({ name, device_identifier }) => ({
    name: `${what}: ${name}`,
    call,
    request: { ...request, device_identifier },
    errcode: 9001025,
  })),
  { name: `${what}: no device`, call, request, errcode: 9001025 },
  { name: `${what}: activation`, call, by: 'newcomer', request: { ...request, ...device(1) }, errcode: 9001020 },
]

const UPDATE_CASES: readonly WireCase[] = [
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
      device_identifier: { ...beacon(1), uuid: UUID.toLowerCase(), device_id: null },
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
    by: 'neighbour',
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
  { name: 'no remark', call: deviceUpdate, request: device(1), errcode: 9001001 },
  { name: 'device/update with a list', call: deviceUpdate, request: [], errcode: 9001001 },
  ...refuseDevices('device/update', deviceUpdate, { comment: 'door' }),
]

const locate = (device_id: number, location: Record<string, unknown>) => ({ ...device(device_id), ...location })
const theirs = (poi_id: number) => ({ type: 2, poi_id, poi_appid: NEIGHBOUR_APPID })
const location = (name: string, request: Record<string, unknown>, errcode?: number): WireCase => ({
  name,
  call: deviceBindLocation,
  request,
  ...(errcode && { errcode }),
})

const LOCATION_CASES: readonly WireCase[] = [
  location('a device is bound to a store', locate(4, { poi_id: STORES.approved })),
  search('it shows the store', 4, { comment: '', poi_id: STORES.approved }),
  location('a store of the account needs no approval', locate(4, { poi_id: STORES.underReview, type: 1 })),
  search('it shows the store under review', 4, { comment: '', poi_id: STORES.underReview }),
  location("a device is bound to another account's store", locate(4, theirs(STORES.neighbours.approved))),
  search('it shows the store and whose it is', 4, {
    comment: '',
    poi_id: STORES.neighbours.approved,
    poi_appid: NEIGHBOUR_APPID,
  }),
  location('its own account named as the other', locate(5, { ...theirs(STORES.approved), poi_appid: MERCHANT_APPID })),
  search('shows the store as its own', 5, { comment: '', poi_id: STORES.approved }),
  location('0 clears the store', locate(4, { poi_id: 0 })),
  search('it shows none', 4, { comment: '', poi_id: 0 }),
  location("0 clears the batch's store too, in either form", locate(3, { poi_id: 0, type: 2 })),
  search('it shows none, whatever its batch says', 3, { poi_id: 0 }),
  location('an unknown store', locate(1, { poi_id: UNKNOWN }), 9001033),
  location("another account's store as one's own", locate(1, { poi_id: STORES.neighbours.approved }), 9001033),
  location('a deleted store', locate(1, { poi_id: STORES.deleted }), 9001033),
  location("another's unknown store", locate(1, theirs(UNKNOWN)), 9001033),
  location("another's store under review", locate(1, theirs(STORES.neighbours.underReview)), 9001033),
  location("another's rejected store", locate(1, theirs(STORES.neighbours.rejected)), 9001033),
  location("another's deleted store", locate(1, theirs(STORES.neighbours.deleted)), 9001033),
  location(
    'type 2 with a store of its own that is under review',
    {
      ...locate(1, { ...theirs(STORES.underReview), poi_appid: MERCHANT_APPID }),
    },
    9001033,
  ),
  location('type 2 without poi_appid', locate(1, { poi_id: STORES.neighbours.approved, type: 2 }), 9001033),
  location('type 2 with an unknown poi_appid', locate(1, { ...theirs(501), poi_appid: 'wx0' }), 9001033),
  location('a type 3 of device/bindlocation', locate(1, { poi_id: 0, type: 3 }), 9001001),
  location('no store', device(1), 9001033),
  location('a store that is no number', locate(1, { poi_id: 'here' }), 9001033),
  location('a store below 0', locate(1, { poi_id: -1 }), 9001033),
  ...refuseDevices('device/bindlocation', deviceBindLocation, { poi_id: STORES.approved }),
]

const bind = (name: string, request: Record<string, unknown>, errcode?: number): WireCase => ({
  name,
  call: deviceBindPage,
  request: { ...device(1), ...request },
  ...(errcode && { errcode }),
})

const BINDING_CASES: readonly WireCase[] = [
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
  bind("another account's page", { page_ids: [1, NEIGHBOURS.page] }, 9001026),
  bind("another account's page to unbind", { page_ids: [NEIGHBOURS.page], bind: 0 }, 9001026),
  bind('page 0', { page_ids: [0] }, 9001026),
  bind('a page that is no number', { page_ids: ['one'] }, 9001026),
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
): WireCase => ({ name, call: relationSearch, request, ...expected })

const RELATION_CASES: readonly WireCase[] = [
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
    { type: 2, page_id: NEIGHBOURS.page, begin: 0, count: 1 },
    { errcode: 9001026 },
  ),
  relation('relation/search without type', device(1), { errcode: 9001001 }),
  relation('a type 3 of relation/search', { type: 3, ...device(1) }, { errcode: 9001001 }),
  relation('the pages of no device', { type: 1, page_id: 30 }, { errcode: 9001001 }),
  relation('the devices of no page', { type: 2, begin: 0, count: 1 }, { errcode: 9001001 }),
  relation('51 relations asked for', { type: 2, page_id: 30, begin: 0, count: 51 }, { errcode: 9001001 }),
  relation('no relation asked for', { type: 2, page_id: 30, begin: 0, count: 0 }, { errcode: 9001001 }),
  relation('relations from -1 on', { type: 2, page_id: 30, begin: -1, count: 1 }, { errcode: 9001036 }),
  ...refuseDevices('relation/search', relationSearch, { type: 1 }).filter(({ name }) => !name.endsWith('no device')),
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
const list = (name: string, request: Record<string, unknown>, devices: unknown[]): WireCase => ({
  name,
  call: deviceSearch,
  request,
  answer: { devices, total_count: LIST.length },
})

const SEARCH_CASES: readonly WireCase[] = [
  {
    ...list('all devices', { type: 2, last_seen: 0, count: 50 }, LIST),
    given: 'device 2 was last shaken at 1437276018',
  },
  list('a page of them', { type: 2, last_seen: 1, count: 3 }, LIST.slice(1, 4)),
  list('a page of them by the older form', { begin: 4, count: 2 }, LIST.slice(4)),
  list('beyond the last', { type: 2, last_seen: 8, count: 50 }, []),
  list('those of the second batch', { type: 3, apply_id: 3, last_seen: 0, count: 50 }, LIST.slice(3, 5)),
  list(
    'those named, each once, in their order',
    { device_identifiers: [{ device_id: 8 }, beacon(4), { device_id: 1 }, { device_id: 4 }] },
    [LIST[0], LIST[3], LIST[5]],
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

export const DEVICE_CALLS = [deviceUpdate, deviceBindLocation, deviceBindPage, relationSearch] as const

export const DEVICE_CASES: readonly WireCase[] = [
  ...UPDATE_CASES,
  ...LOCATION_CASES,
  ...BINDING_CASES,
  ...RELATION_CASES,
  ...SEARCH_CASES,
]
