import { call, Nothing, refusal, wholeNumber } from './call.ts'
import type { ProblemCode } from './problems.ts'
import { Type } from './schema.ts'
import { DeviceIdentifier, identifierFields, SEARCH_MAX } from './shakearound.ts'
import { STORABLE, weighted } from './text.ts'

/** Limits of device groups. Source: docs/protocol/shakearound.md, device groups. */
export const GROUP_LIMITS = { perAccount: 1000, devicesPerGroup: 10_000, devicesPerCall: 1000, perPage: 1000 } as const
/** Most pages of one device. Source: docs/protocol/shakearound.md, device/bindpage. */
export const DEVICE_PAGES_MAX = 30
/** Most pages in one page/delete. Source: docs/protocol/shakearound.md, page/delete. */
export const PAGE_DELETE_MAX = 10

const post = { family: 'shakearound', authorized: true, activated: true, methods: ['POST'], body: 'json' } as const
const root = refusal('shake.request_invalid')

const pageFields = {
  title: weighted(6, { minLength: 1, ...refusal('page.parameters_invalid') }),
  description: weighted(7, { minLength: 1, ...refusal('page.parameters_invalid') }),
  page_url: Type.String({
    minLength: 1,
    maxLength: 2048,
    trimmed: true,
    // Phones open it, and others pass it on in headers.
    pattern: '^https?://[^\\s\\u0000-\\u001f\\u007f]+$',
    ...refusal('page.parameters_invalid'),
  }),
  icon_url: Type.String({
    minLength: 1,
    maxLength: 2048,
    trimmed: true,
    pattern: STORABLE,
    ...refusal('page.parameters_invalid'),
  }),
  comment: Type.Optional(weighted(15, refusal('page.parameters_invalid'))),
}
const PageId = wholeNumber({ minimum: 1, ...refusal('page.invalid') })
const Page = Type.Object({
  page_id: wholeNumber(),
  title: Type.String(),
  description: Type.String(),
  page_url: Type.String(),
  icon_url: Type.String(),
  comment: Type.String(),
})
const PageKey = Type.Object({ page_id: wholeNumber() })
const begin = wholeNumber(refusal('paging.begin_invalid'))

const GroupId = wholeNumber(refusal('group.unknown'))
const groupName = weighted(100, { minLength: 1, pattern: '\\S', ...refusal('group.name_invalid') })
const Group = Type.Object({ group_id: wholeNumber(), group_name: Type.String() })
const groupDevices = (above: ProblemCode) =>
  Type.Array(DeviceIdentifier, {
    minItems: 1,
    maxItems: GROUP_LIMITS.devicesPerCall,
    problem: 'device.invalid',
    above,
  })
const groupPage = { begin, count: wholeNumber({ minimum: 1, maximum: GROUP_LIMITS.perPage }) }

export const devices = {
  deviceUpdate: call({
    ...post,
    path: '/shakearound/device/update',
    summary: 'Change a device’s remark',
    request: Type.Object(
      {
        device_identifier: DeviceIdentifier,
        comment: weighted(15, refusal('device.comment_too_long', 'shake.request_invalid')),
      },
      root,
    ),
    answer: Nothing,
    problems: ['shake.request_invalid', 'device.invalid', 'device.comment_too_long'],
  }),

  deviceBindLocation: call({
    ...post,
    path: '/shakearound/device/bindlocation',
    summary: 'Bind a device to a store, or to none',
    request: Type.Object(
      {
        device_identifier: DeviceIdentifier,
        /** 0 clears the binding. */
        poi_id: wholeNumber(refusal('store.invalid')),
        /** 1 a store of the account, 2 one of another's. */
        type: Type.Optional(wholeNumber({ minimum: 1, maximum: 2 })),
        /** Whose store it is, for type 2. */
        poi_appid: Type.Optional(Type.String({ maxLength: 64, pattern: STORABLE, ...refusal('store.invalid') })),
      },
      root,
    ),
    answer: Nothing,
    problems: ['shake.request_invalid', 'device.invalid', 'store.invalid'],
  }),

  deviceBindPage: call({
    ...post,
    path: '/shakearound/device/bindpage',
    summary: 'Set the pages of a device',
    request: Type.Object(
      {
        device_identifier: DeviceIdentifier,
        page_ids: Type.Array(PageId, {
          maxItems: DEVICE_PAGES_MAX,
          problem: 'binding.invalid',
          above: 'binding.too_many_pages',
        }),
        /** The older form: 0 unbinds the pages, 1 binds them. */
        bind: Type.Optional(wholeNumber({ maximum: 1, ...refusal('binding.invalid') })),
        /** The older form: 0 overwrites, 1 adds. */
        append: Type.Optional(wholeNumber({ maximum: 1, ...refusal('binding.invalid') })),
      },
      refusal('binding.invalid'),
    ),
    answer: Nothing,
    problems: ['device.invalid', 'binding.invalid', 'binding.too_many_pages', 'page.invalid'],
  }),

  pageAdd: call({
    ...post,
    path: '/shakearound/page/add',
    summary: 'Add a page',
    request: Type.Object(pageFields, refusal('page.parameters_invalid')),
    answer: PageKey,
    problems: ['page.parameters_invalid'],
  }),

  pageUpdate: call({
    ...post,
    path: '/shakearound/page/update',
    summary: 'Change a page',
    request: Type.Object({ page_id: PageId, ...pageFields }, refusal('page.parameters_invalid')),
    answer: PageKey,
    problems: ['page.invalid', 'page.parameters_invalid'],
  }),

  pageSearch: call({
    ...post,
    path: '/shakearound/page/search',
    summary: 'List pages: those named, or all',
    safe: true,
    request: Type.Object(
      {
        /** 1 the pages named, 2 all. Inferred from the other members when absent. */
        type: Type.Optional(wholeNumber({ minimum: 1, maximum: 2 })),
        page_ids: Type.Optional(
          Type.Array(PageId, { minItems: 1, maxItems: SEARCH_MAX, problem: 'page.invalid', above: 'page.too_many' }),
        ),
        begin: Type.Optional(begin),
        count: Type.Optional(wholeNumber({ minimum: 1, maximum: SEARCH_MAX, above: 'page.too_many' })),
      },
      root,
    ),
    answer: Type.Object({ pages: Type.Array(Page), total_count: wholeNumber() }),
    problems: ['shake.request_invalid', 'page.invalid', 'page.too_many', 'paging.begin_invalid'],
  }),

  pageDelete: call({
    ...post,
    path: '/shakearound/page/delete',
    summary: 'Delete pages',
    request: Type.Object(
      {
        page_id: Type.Optional(PageId),
        /** The older form. */
        page_ids: Type.Optional(
          Type.Array(PageId, {
            minItems: 1,
            maxItems: PAGE_DELETE_MAX,
            problem: 'page.invalid',
            above: 'page.too_many_deleted',
          }),
        ),
      },
      refusal('page.invalid'),
    ),
    answer: Nothing,
    problems: ['page.invalid', 'page.in_use', 'page.too_many_deleted'],
  }),

  relationSearch: call({
    ...post,
    path: '/shakearound/relation/search',
    summary: 'List the pages of a device, or the devices of a page',
    safe: true,
    request: Type.Object(
      {
        /** 1 the pages of a device, all of them; 2 the devices of a page. */
        type: wholeNumber({ minimum: 1, maximum: 2 }),
        device_identifier: Type.Optional(DeviceIdentifier),
        page_id: Type.Optional(PageId),
        begin: Type.Optional(begin),
        count: Type.Optional(wholeNumber({ minimum: 1, maximum: SEARCH_MAX })),
      },
      root,
    ),
    answer: Type.Object({
      relations: Type.Array(
        Type.Object({
          device_id: wholeNumber(),
          uuid: Type.String(),
          major: wholeNumber({ maximum: 0xffff }),
          minor: wholeNumber({ maximum: 0xffff }),
          page_id: wholeNumber(),
        }),
      ),
      total_count: wholeNumber(),
    }),
    problems: ['shake.request_invalid', 'device.invalid', 'page.invalid', 'paging.begin_invalid'],
  }),

  groupAdd: call({
    ...post,
    path: '/shakearound/device/group/add',
    summary: 'Add a group of devices',
    request: Type.Object({ group_name: groupName }, root),
    answer: Group,
    problems: ['shake.request_invalid', 'group.name_invalid', 'group.too_many'],
  }),

  groupUpdate: call({
    ...post,
    path: '/shakearound/device/group/update',
    summary: 'Rename a group',
    request: Type.Object({ group_id: GroupId, group_name: groupName }, root),
    answer: Nothing,
    problems: ['shake.request_invalid', 'group.unknown', 'group.name_invalid'],
  }),

  groupDelete: call({
    ...post,
    path: '/shakearound/device/group/delete',
    summary: 'Delete an empty group',
    request: Type.Object({ group_id: GroupId }, root),
    answer: Nothing,
    problems: ['shake.request_invalid', 'group.unknown', 'group.not_empty'],
  }),

  groupGetList: call({
    ...post,
    path: '/shakearound/device/group/getlist',
    summary: 'List the groups',
    safe: true,
    request: Type.Object(groupPage, root),
    answer: Type.Object({ groups: Type.Array(Group), total_count: wholeNumber() }),
    problems: ['shake.request_invalid', 'paging.begin_invalid'],
  }),

  groupGetDetail: call({
    ...post,
    path: '/shakearound/device/group/getdetail',
    summary: 'List the devices of a group',
    safe: true,
    request: Type.Object({ group_id: GroupId, ...groupPage }, root),
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
    ...post,
    path: '/shakearound/device/group/adddevice',
    summary: 'Put devices into a group',
    request: Type.Object(
      {
        group_id: GroupId,
        device_identifiers: groupDevices('group.too_many_added'),
      },
      root,
    ),
    answer: Nothing,
    problems: ['shake.request_invalid', 'group.unknown', 'group.full', 'group.too_many_added', 'device.invalid'],
  }),

  groupDeleteDevice: call({
    ...post,
    path: '/shakearound/device/group/deletedevice',
    summary: 'Take devices out of a group',
    request: Type.Object(
      {
        group_id: GroupId,
        device_identifiers: Type.Optional(groupDevices('group.too_many_removed')),
        // One client names a single device beside the group instead.
        ...identifierFields,
      },
      root,
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
