import { call, Nothing, refusal, wholeNumber } from '../call.ts'
import type { ProblemCode } from '../problems.ts'
import { Type } from '../schema.ts'
import { shaped, weighted } from '../text.ts'
import { DeviceIdentifier, identifierFields } from './devices.ts'
import { activatedCall, begin, shakeRefusal } from './families.ts'

/** Limits of device groups. Source: docs/protocol/shakearound.md, device groups. */
export const GROUP_LIMITS = { perAccount: 1000, devicesPerGroup: 10_000, devicesPerCall: 1000, perPage: 1000 } as const

const GroupId = wholeNumber(refusal('group.unknown'))
const groupName = weighted(100, {
  minLength: 1,
  ...shaped('\\S', 'more than blanks'),
  ...refusal('group.name_invalid'),
})
const Group = Type.Object({ group_id: wholeNumber(), group_name: Type.String() })

const groupDevices = (above: ProblemCode) =>
  Type.Array(DeviceIdentifier, {
    minItems: 1,
    maxItems: GROUP_LIMITS.devicesPerCall,
    problem: 'device.invalid',
    above,
  })

const groupPage = { begin, count: wholeNumber({ minimum: 1, maximum: GROUP_LIMITS.perPage }) }

export const groups = {
  groupAdd: call({
    ...activatedCall,
    path: '/shakearound/device/group/add',
    summary: 'Add a group of devices',
    request: Type.Object({ group_name: groupName }, shakeRefusal),
    answer: Group,
    problems: ['shake.request_invalid', 'group.name_invalid', 'group.too_many'],
  }),

  groupUpdate: call({
    ...activatedCall,
    path: '/shakearound/device/group/update',
    summary: 'Rename a group',
    request: Type.Object({ group_id: GroupId, group_name: groupName }, shakeRefusal),
    answer: Nothing,
    problems: ['shake.request_invalid', 'group.unknown', 'group.name_invalid'],
  }),

  groupDelete: call({
    ...activatedCall,
    path: '/shakearound/device/group/delete',
    summary: 'Delete an empty group',
    request: Type.Object({ group_id: GroupId }, shakeRefusal),
    answer: Nothing,
    problems: ['shake.request_invalid', 'group.unknown', 'group.not_empty'],
  }),

  groupGetList: call({
    ...activatedCall,
    path: '/shakearound/device/group/getlist',
    summary: 'List the groups',
    safe: true,
    request: Type.Object(groupPage, shakeRefusal),
    answer: Type.Object({ groups: Type.Array(Group), total_count: wholeNumber() }),
    problems: ['shake.request_invalid', 'paging.begin_invalid'],
  }),

  groupGetDetail: call({
    ...activatedCall,
    path: '/shakearound/device/group/getdetail',
    summary: 'List the devices of a group',
    safe: true,
    request: Type.Object({ group_id: GroupId, ...groupPage }, shakeRefusal),
    answer: Type.Composite([
      Group,
      Type.Object({
        total_count: wholeNumber(),
        devices: Type.Array(
          Type.Object({
            device_id: wholeNumber(),
            uuid: Type.String(),
            major: wholeNumber({ maximum: 0xffff }),
            minor: wholeNumber({ maximum: 0xffff }),
            comment: Type.String(),
            poi_id: wholeNumber(),
          }),
        ),
      }),
    ]),
    problems: ['shake.request_invalid', 'group.unknown', 'paging.begin_invalid'],
  }),

  groupAddDevice: call({
    ...activatedCall,
    path: '/shakearound/device/group/adddevice',
    summary: 'Put devices into a group',
    request: Type.Object(
      {
        group_id: GroupId,
        device_identifiers: groupDevices('group.too_many_added'),
      },
      shakeRefusal,
    ),
    answer: Nothing,
    problems: ['shake.request_invalid', 'group.unknown', 'group.full', 'group.too_many_added', 'device.invalid'],
  }),

  groupDeleteDevice: call({
    ...activatedCall,
    path: '/shakearound/device/group/deletedevice',
    summary: 'Take devices out of a group',
    request: Type.Object(
      {
        group_id: GroupId,
        device_identifiers: Type.Optional(groupDevices('group.too_many_removed')),
        // One client names a single device beside the group instead.
        ...identifierFields,
      },
      shakeRefusal,
    ),
    answer: Nothing,
    problems: [
      'shake.request_invalid',
      'group.unknown',
      'group.device_unknown',
      'group.too_many_removed',
      'device.invalid',
    ],
  }),
}
