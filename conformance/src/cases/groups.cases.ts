import { devices } from '@shenpi/sdk/contract/wire/devices'
import { groups } from '@shenpi/sdk/contract/wire/groups'
import { after, type ConformanceCase, type Story } from '../case.ts'
import { NO_DEVICE } from '../identifiers.ts'
import { each, NO_NUMBERS, NO_OBJECTS, type Row, refused } from '../refused.ts'
import { beaconOf, deviceId, inDigits, STORES, STRANGERS } from '../world/named.ts'
import { UNKNOWN, UUID } from '../world/world.ts'

const { groupAdd, groupUpdate, groupDelete, groupGetList, groupGetDetail, groupAddDevice, groupDeleteDevice } = groups

const ALONE = 'it has no other groups'
const GROUP = '{group1}'
const FIRST = { group_id: GROUP }
const all = { begin: 0, count: 1000 }
/** Devices of the world by their numbers there; others are given as they are. */
const toId = (number: number) => (number <= 8 ? deviceId(number) : number)
const named = (...ids: number[]) => ({ device_identifiers: ids.map((number) => ({ device_id: toId(number) })) })
const STRANGERS_DEVICE = 6
const shown = (device: number, comment: string, poi_id: unknown = 0) => ({
  device_id: deviceId(device),
  ...beaconOf(device),
  comment,
  poi_id,
})

/** Every call of groups with a valid request, by an account for which Shake Nearby is closed. */
const CLOSED: readonly ConformanceCase[] = [
  { call: groupAdd, request: { group_name: 'hall' } },
  { call: groupUpdate, request: { ...FIRST, group_name: 'hall' } },
  { call: groupDelete, request: FIRST },
  { call: groupGetList, request: all },
  { call: groupGetDetail, request: { ...FIRST, ...all } },
  { call: groupAddDevice, request: { ...FIRST, ...named(1) } },
  { call: groupDeleteDevice, request: { ...FIRST, ...named(1) } },
].map(({ call, request }) => ({
  name: `${call.path} needs activation`,
  call,
  by: 'newcomer',
  request,
  errcode: 9001020,
}))

const NAME_FAULTS: { name: string; group: Record<string, unknown> }[] = [
  { name: 'without a name', group: {} },
  { name: 'with an empty name', group: { group_name: '' } },
  { name: 'with a blank name', group: { group_name: ' ' } },
  { name: 'with a name of 101 Chinese characters', group: { group_name: '王'.repeat(101) } },
  { name: 'with a name of 201 letters', group: { group_name: 'w'.repeat(201) } },
  { name: 'with a name that is no text', group: { group_name: 1 } },
]

/** Groups that are not the merchant's, whatever the call. */
const refuseGroups = (call: ConformanceCase['call'], request: Record<string, unknown>): ConformanceCase[] =>
  [
    { name: 'an unknown group', group: { group_id: UNKNOWN } },
    { name: "another account's group", group: { group_id: STRANGERS.group } },
    { name: 'group 0', group: { group_id: 0 } },
    { name: 'a group that is no number', group: { group_id: 'hall' } },
    { name: 'no group', group: {} },
  ].map(({ name, group }) => ({
    name: `${call.path}: ${name}`,
    call,
    request: { ...request, ...group },
    errcode: 9001058,
  }))

/** Lists of devices that one of the two calls refuses whole. */
const refuseDevices = (call: ConformanceCase['call'], tooMany: number): ConformanceCase[] => [
  ...refused(
    call,
    'merchant',
    9001025,
    NO_DEVICE.map(
      ([name, identifier]): Row => [
        `${name} in the list`,
        { ...FIRST, device_identifiers: [{ device_id: deviceId(2) }, identifier] },
      ],
    ),
  ),
  ...[
    { name: 'an unknown device', devices: named(2, UNKNOWN) },
    { name: "another account's device", devices: named(2, STRANGERS_DEVICE) },
    { name: 'an identifier without members', devices: { device_identifiers: [{ device_id: deviceId(2) }, {}] } },
    { name: 'an empty list', devices: { device_identifiers: [] } },
    { name: 'no list', devices: {} },
    { name: 'a number for a list', devices: { device_identifiers: 2 } },
  ].map(({ name, devices }) => ({
    name: `${call.path}: ${name}`,
    call,
    request: { ...FIRST, ...devices },
    errcode: 9001025,
  })),
  {
    name: `${call.path}: 1001 devices`,
    call,
    request: { ...FIRST, ...named(...Array.from({ length: 1001 }, () => 2)) },
    errcode: tooMany,
  },
]

const refusePages = (call: ConformanceCase['call'], request: Record<string, unknown>): ConformanceCase[] =>
  [
    { name: 'begin -1', page: { begin: -1, count: 1 }, errcode: 9001036 },
    { name: 'no begin', page: { count: 1 }, errcode: 9001036 },
    { name: 'a count of 1001', page: { begin: 0, count: 1001 }, errcode: 9001001 },
    { name: 'a count of 0', page: { begin: 0, count: 0 }, errcode: 9001001 },
    { name: 'no count', page: { begin: 0 }, errcode: 9001001 },
  ].map(({ name, page, errcode }) => ({
    name: `${call.path}: ${name}`,
    call,
    request: { ...request, ...page },
    errcode,
  }))

const CASES: readonly ConformanceCase[] = [
  ...CLOSED,
  ...[groupAdd, groupUpdate, groupDelete, groupGetList, groupGetDetail, groupAddDevice, groupDeleteDevice].flatMap(
    (call) => refused(call, 'merchant', 9001001, NO_OBJECTS),
  ),
  {
    name: 'there are no groups at first',
    needs: ALONE,
    call: groupGetList,
    request: all,
    answer: { groups: [], total_count: 0 },
  },
  {
    name: 'a group is added',
    call: groupAdd,
    request: { group_name: '王'.repeat(100) },
    answer: { group_id: GROUP, group_name: '王'.repeat(100) },
    keep: { group1: 'group_id' },
  },
  {
    name: 'another group is added',
    call: groupAdd,
    request: { group_name: 'w'.repeat(200) },
    answer: { group_id: '{group2}', group_name: 'w'.repeat(200) },
    keep: { group2: 'group_id' },
  },
  ...NAME_FAULTS.flatMap(({ name, group }) => [
    { name: `a group ${name} is not added`, call: groupAdd, request: group, errcode: 9001055 },
    { name: `a group ${name} is not renamed`, call: groupUpdate, request: { ...FIRST, ...group }, errcode: 9001055 },
  ]),
  {
    name: 'a group is renamed to as long a name as it may have',
    call: groupUpdate,
    request: { ...FIRST, group_name: '王'.repeat(100) },
  },
  { name: 'a group is renamed', call: groupUpdate, request: { ...FIRST, group_name: 'north hall' } },
  ...refuseGroups(groupUpdate, { group_name: 'hall' }),

  {
    name: 'groups are listed',
    needs: ALONE,
    call: groupGetList,
    request: all,
    answer: {
      groups: [
        { group_id: GROUP, group_name: 'north hall' },
        { group_id: '{group2}', group_name: 'w'.repeat(200) },
      ],
      total_count: 2,
    },
  },
  ...refused(
    groupGetList,
    'merchant',
    9001001,
    each((page) => ({ ...all, ...page }), 'count', NO_NUMBERS),
  ),
  ...refused(
    groupGetDetail,
    'merchant',
    9001001,
    each((page) => ({ ...FIRST, ...all, ...page }), 'count', NO_NUMBERS),
  ),
  {
    name: 'a page of groups is listed',
    needs: ALONE,
    call: groupGetList,
    request: { begin: '1', count: '1' },
    answer: { groups: [{ group_id: '{group2}', group_name: 'w'.repeat(200) }], total_count: 2 },
  },
  {
    name: 'an account sees its own groups alone',
    call: groupGetList,
    by: 'stranger',
    request: all,
    answer: { groups: [{ group_id: STRANGERS.group, group_name: 'Theirs' }], total_count: 1 },
  },
  ...refusePages(groupGetList, {}),

  {
    name: 'devices are put into a group, one named twice',
    call: groupAddDevice,
    request: { ...FIRST, ...named(8, 1, 1) },
  },
  {
    name: 'by their beacons too, and one that is in it already is no error',
    call: groupAddDevice,
    request: {
      group_id: inDigits(GROUP),
      device_identifiers: [{ ...beaconOf(5), device_id: null }, { device_id: deviceId(8) }],
    },
  },
  {
    name: 'its devices are shown with what they or their batches say',
    call: groupGetDetail,
    request: { ...FIRST, ...all },
    answer: {
      group_id: GROUP,
      group_name: 'north hall',
      total_count: 3,
      devices: [shown(1, 'floor 1', STORES.approved), shown(5, ''), shown(8, 'door')],
    },
  },
  {
    name: 'a device in it is given a remark',
    call: devices.deviceUpdate,
    request: { device_identifier: { device_id: deviceId(5) }, comment: 'stairs' },
  },
  {
    name: 'a page of its devices is shown',
    call: groupGetDetail,
    request: { ...FIRST, begin: 1, count: 1 },
    answer: { group_id: GROUP, group_name: 'north hall', total_count: 3, devices: [shown(5, 'stairs')] },
  },
  ...refuseDevices(groupAddDevice, 9001052),
  ...refuseGroups(groupAddDevice, named(2)),
  ...refuseGroups(groupGetDetail, all),
  ...refusePages(groupGetDetail, FIRST),

  { name: 'a group with devices is not deleted', call: groupDelete, request: FIRST, errcode: 9001054 },
  { name: 'a group without is', call: groupDelete, request: { group_id: '{group2}' } },
  { name: 'a group is deleted once', call: groupDelete, request: { group_id: '{group2}' }, errcode: 9001058 },
  ...refuseGroups(groupDelete, {}),

  ...refuseDevices(groupDeleteDevice, 9001053),
  ...refuseGroups(groupDeleteDevice, named(1)),
  {
    name: 'of devices one of which is not in the group none is taken out',
    call: groupDeleteDevice,
    request: { ...FIRST, ...named(1, 2) },
    errcode: 9001056,
  },
  { name: 'a device is taken out', call: groupDeleteDevice, request: { ...FIRST, ...named(1, 1) } },
  { name: 'a device is put back', call: groupAddDevice, request: { ...FIRST, device_identifiers: [beaconOf(1)] } },
  {
    name: 'and taken out by its beacon',
    call: groupDeleteDevice,
    request: { ...FIRST, device_identifiers: [beaconOf(1)] },
  },
  { name: 'a device is taken out once', call: groupDeleteDevice, request: { ...FIRST, ...named(1) }, errcode: 9001056 },
  {
    name: 'named beside the group, as one client does',
    call: groupDeleteDevice,
    request: { ...FIRST, device_id: deviceId(5) },
  },
  {
    name: 'named beside the group by its beacon',
    call: groupDeleteDevice,
    request: { ...FIRST, ...beaconOf(8), device_id: 0 },
  },
  ...refused(
    groupDeleteDevice,
    'merchant',
    9001025,
    NO_DEVICE.filter(([, identifier]) => typeof identifier === 'object').map(
      ([name, identifier]): Row => [`${name} beside the group`, { ...FIRST, ...(identifier as object) }],
    ),
  ),
  {
    name: 'a major beside the group that is none',
    call: groupDeleteDevice,
    request: { ...FIRST, ...beaconOf(8), major: 65_536 },
    errcode: 9001025,
  },
  {
    name: 'nothing is left in it',
    call: groupGetDetail,
    request: { ...FIRST, ...all },
    answer: { devices: [], total_count: 0 },
  },

  {
    name: 'a group of 10,000 devices is full',
    call: groupAddDevice,
    given: 'group 1 holds 10,000 devices',
    request: { ...FIRST, ...named(9, 1) },
    errcode: 9001051,
  },
  ...after('group 1 holds 10,000 devices', [
    {
      name: 'a thousand that it holds are no error',
      call: groupAddDevice,
      request: { ...FIRST, ...named(...Array.from({ length: 1000 }, (_, index) => 9 + index)) },
    },
    { name: 'one that it holds counts once', call: groupAddDevice, request: { ...FIRST, ...named(9, 10_008) } },
    {
      name: 'a thousand are taken out at once',
      call: groupDeleteDevice,
      request: { ...FIRST, ...named(...Array.from({ length: 1000 }, (_, index) => 9 + index)) },
    },
    {
      name: 'nine thousand are left',
      call: groupGetDetail,
      request: { ...FIRST, begin: 8999, count: 1000 },
      answer: {
        devices: [{ device_id: 10_008, uuid: UUID, major: 1, minor: 10_008, comment: 'floor 1', poi_id: 0 }],
        total_count: 9000,
      },
    },
  ]),
  {
    name: 'an account has 1000 groups at most',
    call: groupAdd,
    given: 'the merchant has 1000 groups',
    request: { group_name: 'one too many' },
    errcode: 9001050,
  },
]

export const GROUPS_STORY: Story = { subject: 'groups', cases: CASES }
