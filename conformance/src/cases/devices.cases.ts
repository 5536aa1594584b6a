import { devices } from '@shenpi/sdk/contract/wire/devices'
import type { ConformanceCase, Story } from '../case.ts'
import { NO_DEVICE } from '../identifiers.ts'
import { each, NO_NUMBERS, NO_OBJECTS, NO_TEXTS, NUL, type Row, refused } from '../refused.ts'
import { beaconOf, CREDENTIALS, deviceId, inDigits, pageId, STORES } from '../world/named.ts'
import { UNKNOWN } from '../world/world.ts'
import { RELATIONS } from './relations.cases.ts'
import { device, refuseDevices, search, shown } from './shown-device.ts'

const { deviceUpdate, deviceBindLocation, deviceSearch } = devices
const same = (body: Record<string, unknown>) => body

const named = (...device_identifiers: unknown[]) => ({ type: 1, device_identifiers })
const beacon = beaconOf(1)

/** Source: docs/protocol/shakearound.md, device/search, Device identifier. */
const SEARCH_REFUSED: readonly ConformanceCase[] = [
  ...refused(deviceSearch, 'merchant', 9001001, [
    ...NO_OBJECTS,
    ...each(same, 'type', [['0', 0], ['4', 4], ...NO_NUMBERS]),
    ...each((body) => ({ type: 2, last_seen: 0, ...body }), 'count', [
      ['0', 0],
      ...NO_NUMBERS.filter(([name]) => !name.startsWith('more')),
    ]),
  ]),
  ...refused(deviceSearch, 'merchant', 9001024, [
    ['51 devices', named(...Array(51).fill({ device_id: deviceId(1) }))],
    ['a page of 51', { type: 2, last_seen: 0, count: 51 }],
    ['a page of 51 of a batch', { type: 3, apply_id: '{firstBatch}', count: '51' }],
  ]),
  ...refused(deviceSearch, 'merchant', 9001025, [
    ['type 1 without devices', { type: 1 }],
    ['type 1 with null for devices', { type: 1, device_identifiers: null }],
    ['no devices', named()],
    ['no devices and no type', { device_identifiers: [] }],
    ['a text for the list', { type: 1, device_identifiers: '1' }],
    ['an object for the list', { type: 1, device_identifiers: { device_id: 1 } }],
    ['a number for a device', named(1)],
    ['null for a device', named(null)],
    ['an empty identifier', named({})],
    ['nulls alone', named({ device_id: null, uuid: null, major: null, minor: null })],
    ['zeros and empty texts alone', named({ device_id: 0, uuid: '', major: 0, minor: 0 })],
    ['half a triple', named({ uuid: beacon.uuid, major: beacon.major })],
    ['a triple without its UUID', named({ major: beacon.major, minor: beacon.minor })],
    ['an unknown UUID', named({ ...beacon, uuid: '00000000-0000-0000-0000-000000000000' })],
    ['a UUID that is a number', named({ ...beacon, uuid: 5 })],
    ['a major that is a word', named({ ...beacon, major: 'one' })],
    ['major 65536', named({ ...beacon, major: 65536 })],
    ['minor 65536', named({ ...beacon, minor: 65536 })],
    ['minor -1', named({ ...beacon, minor: -1 })],
    ...NO_NUMBERS.map(([name, value]) => [`device_id ${name}`, named({ device_id: value })] as const),
    ['a device that nobody has', named({ device_id: 4_000_000_000 })],
    ['the largest number', named({ device_id: Number.MAX_SAFE_INTEGER })],
    ["another account's device", named({ device_id: deviceId(6) })],
    ["another account's triple", named(beaconOf(6))],
    ["one's own device and another account's", named({ device_id: deviceId(1) }, { device_id: deviceId(6) })],
  ]),
  ...refused(deviceSearch, 'merchant', 9001047, [
    ['type 3 without a batch', { type: 3, last_seen: 0, count: 50 }],
    ['type 3 with null for the batch', { type: 3, apply_id: null }],
    ...each((body) => ({ type: 3, ...body }), 'apply_id', [
      ...NO_NUMBERS,
      ['0', 0],
      ['that was never given', UNKNOWN],
      ["another account's", '{strangersBatch}'],
      ['of an application of another kind', 1],
    ]),
    ['an unknown batch without a type', { apply_id: UNKNOWN }],
  ]),
  ...refused(deviceSearch, 'merchant', 9001036, [
    ...each((body) => ({ type: 2, ...body }), 'begin', NO_NUMBERS),
    ...each((body) => ({ type: 2, ...body }), 'last_seen', NO_NUMBERS),
  ]),
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
      device_identifier: { ...beaconOf(1), uuid: '{uuid1InSmallLetters}', device_id: null },
      comment: 'w'.repeat(30),
    },
  },
  search('it shows the second remark', 1, { comment: 'w'.repeat(30) }),
  {
    name: 'device_id wins over a beacon that comes along',
    call: deviceUpdate,
    request: { device_identifier: { device_id: deviceId(2), uuid: '', major: 0, minor: 0 }, comment: '' },
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

const locate = (number: number, location: Record<string, unknown>) => ({ ...device(number), ...location })
const theirs = (poi_id: unknown) => ({ type: 2, poi_id, poi_appid: CREDENTIALS.stranger.appid })
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

const second = {
  comment: 'w'.repeat(30),
  page_ids: Array.from({ length: 30 }, (_, index) => pageId(index + 1)).join(','),
}
const LAST_SHAKEN = { status: '{status2}', last_active_time: '{lastActive2}' }
const LIST = [
  shown(1, second),
  shown(2, { comment: '', ...LAST_SHAKEN }),
  shown(3, { poi_id: 0 }),
  shown(4, { comment: '', poi_id: 0, page_ids: inDigits(pageId(30)) }),
  shown(5, { comment: '' }),
  shown(8, { comment: 'door', poi_id: 0, page_ids: inDigits(pageId(30)) }),
]
const list = (name: string, request: Record<string, unknown>, devices: unknown[]): ConformanceCase => ({
  name,
  call: deviceSearch,
  request,
  needs: 'it has no other devices',
  answer: { devices, total_count: LIST.length },
})

const SEARCH_CASES: readonly ConformanceCase[] = [
  {
    ...search('says when a device was last shaken', 2, { comment: '', ...LAST_SHAKEN }),
    given: 'device 2 was last shaken at 1437276018',
  },
  list('all devices', { type: 2, last_seen: 0, count: 50 }, LIST),
  list('a page of them', { type: 2, last_seen: deviceId(1), count: 3 }, LIST.slice(1, 4)),
  list('a page of them by the older form', { begin: 4, count: 2 }, LIST.slice(4)),
  list('beyond the last', { type: 2, last_seen: deviceId(8), count: 50 }, []),
  list('those of the second batch', { type: 3, apply_id: '{secondBatch}', last_seen: 0, count: 50 }, LIST.slice(3, 5)),
  list(
    'those named, each once, in their order',
    {
      device_identifiers: [
        { device_id: deviceId(8) },
        beaconOf(4),
        { device_id: deviceId(1) },
        { device_id: deviceId(4) },
      ],
    },
    [LIST[0], LIST[3], LIST[5]],
  ),
  {
    name: '50 devices named',
    call: deviceSearch,
    request: { type: 1, device_identifiers: Array.from({ length: 50 }, () => ({ device_id: deviceId(3) })) },
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
    request: { type: 1, device_identifiers: Array.from({ length: 51 }, () => ({ device_id: deviceId(1) })) },
    errcode: 9001024,
  },
  { name: '51 devices asked for', call: deviceSearch, request: { type: 2, last_seen: 0, count: 51 }, errcode: 9001024 },
  { name: 'no device asked for', call: deviceSearch, request: { type: 2, last_seen: 0, count: 0 }, errcode: 9001001 },
]

export const DEVICES_STORY: Story = {
  subject: 'devices',
  cases: [...SEARCH_REFUSED, ...UPDATE_CASES, ...LOCATION_CASES, ...RELATIONS, ...SEARCH_CASES],
}
