import { wire } from '@shenpi/sdk'
import type { Call } from '@shenpi/sdk/contract/call'
import fc from 'fast-check'
import { A_PASSWORD } from '../browser.ts'
import { owners, picks, Reference, type ReferenceKind, reference } from './reference.ts'
import type { Meaning } from './valid-value.ts'

const PATHS = Object.values(wire).flatMap((calls) => Object.values<Call>(calls).map(({ path }) => path))

const smallQuantities = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(1, 2, 499, 500, 501, 502))
/** Days before today; both ends of what statistics take are among them. */
const days = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 91 }))
const dayOf = (ago: number) => new Reference('day', 'seconds', ago)

const pictures = fc.oneof({ weight: 4, arbitrary: reference('picture') }, { weight: 1, arbitrary: reference('site') })
const PICTURE_LISTS = [
  'license',
  'certificate',
  'sale_authorization',
  'trademark_registration_certificate',
  'trademark_change_certificate',
  'trademark_registration_application',
  'imported_goods_form',
]

const deviceForms = ['number', 'triple', 'both', 'number and blanks', 'triple and nothing'] as const

/** A device as clients name it. Source: docs/protocol/conventions.md, reading, R4. */
const identifiers = fc.tuple(fc.constantFrom(...deviceForms), picks, owners).map(([form, pick, whose]) => {
  const of = (member: string) => new Reference('device', member, pick, whose)
  const [device_id, triple] = [of('device_id'), { uuid: of('uuid'), major: of('major'), minor: of('minor') }]
  if (form === 'number') return { device_id }
  if (form === 'triple') return triple
  if (form === 'both') return { device_id, ...triple }
  if (form === 'number and blanks') return { device_id, uuid: '', major: null, minor: '' }
  return { device_id: null, ...triple }
})

const credentialsAs = (secretName: string) =>
  fc.tuple(fc.constantFrom('account' as const, 'newcomer' as const), picks, owners).map(([kind, pick, whose]) => ({
    appid: new Reference(kind, 'appid', pick, whose),
    [secretName]: new Reference(kind, 'secret', pick, whose),
  }))

const categoryLevels = picks.map((pick) => {
  const [level1, level2, level3] = ['level1', 'level2', 'level3'].map((name) => new Reference('category', name, pick))
  return { level1, level2, level3 }
})

const storeOfAnother = picks.map((pick) => ({
  poi_id: new Reference('store', 'poi_id', pick, 'other'),
  type: 2,
  poi_appid: new Reference('store', 'poi_appid', pick, 'other'),
}))
const ownStore = fc.tuple(reference('store', 'poi_id'), fc.constantFrom({}, { type: 1 })).map(([poi_id, type]) => ({
  poi_id,
  ...type,
}))

/** Few groups and few devices, so that a device is often in its group. */
const groupAndDevice = fc.tuple(fc.nat(2), fc.nat(2)).map(([group, device]) => ({
  group_id: new Reference('group', 'group_id', group),
  device_identifiers: [{ device_id: new Reference('device', 'device_id', device) }],
}))

const lotteryHours = fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 91 })).map(([ago, days]) => ({
  begin_time: dayOf(ago),
  expire_time: dayOf(ago - days),
}))
const MCHIDS = fc.constantFrom('10000098', '10000098', '10000098', '10000098', '10000099')

/** What the members of the wire's requests mean. */
export const WIRE_MEANING: Meaning = {
  names: {
    device_id: reference('device', 'device_id'),
    last_seen: fc.oneof(fc.constant(0), reference('device', 'device_id')),
    begin: fc.integer({ min: 0, max: 3 }),
    page_id: reference('page', 'page_id'),
    page_ids: reference('page', 'page_id'),
    page_index: fc.constantFrom(1, 1, 2),
    group_id: reference('group', 'group_id'),
    apply_id: reference('batch', 'apply_id'),
    poi_id: reference('store', 'poi_id'),
    audit_id: reference('audit', 'audit_id'),
    ticket: reference('ticket'),
    rid: reference('rid'),
    lottery_id: reference('lottery', 'lottery_id'),
    sponsor_appid: reference('account', 'appid'),
    mchid: MCHIDS,
    icon_url: reference('icon'),
    qualification_cert_urls: reference('license'),
    photo_url: reference('photo'),
    img_url: reference('site'),
    ...Object.fromEntries(PICTURE_LISTS.map((name) => [name, pictures])),
    appid: reference('account', 'appid'),
    cgi_path: fc.constantFrom(...PATHS),
    quantity: smallQuantities,
    industry_id: fc.constantFrom('0101', '0102', '0103', '0106', '0201'),
    categories: fc.constantFrom('美食,小吃快餐', '购物,综合商场'),
    scene_group_list: fc.constantFrom(1, 1, 1, 1, 3, 2),
    brand_wording: fc.constantFrom('山茶', 'Camellia', ' camellia ', 'Lotus', '😀', '"'),
    trademark_registrant_nu: fc.integer({ min: 1, max: 40 }).map(String),
    date: days.map(dayOf),
  },
  groups: [
    { members: ['device_id', 'uuid', 'major', 'minor'], together: identifiers },
    { members: ['appid', 'secret'], together: credentialsAs('secret') },
    { members: ['appid', 'appsecret'], together: credentialsAs('appsecret') },
    { members: ['group_id', 'device_identifiers'], together: groupAndDevice },
    { members: ['begin_time', 'expire_time'], together: lotteryHours },
    { members: ['level1', 'level2', 'level3'], together: categoryLevels },
    { members: ['poi_id', 'type', 'poi_appid'], together: fc.oneof(ownStore, storeOfAnother) },
    {
      members: ['begin_date', 'end_date'],
      together: fc.tuple(days, days).map((two) => {
        const [end, begin] = two.sort((a, b) => a - b)
        return { begin_date: dayOf(begin ?? 1), end_date: dayOf(end ?? 1) }
      }),
    },
  ],
}

/** A beacon that a phone hears. */
const beacons = fc.tuple(picks, owners, fc.integer({ min: 0, max: 30 })).map(([pick, whose, distance]) => ({
  ...Object.fromEntries(['uuid', 'major', 'minor'].map((name) => [name, new Reference('device', name, pick, whose)])),
  distance: distance / 10,
}))

/** Few, so that the tree of categories, which is answered whole, stays small; the highest that there can be. */
const categoryIds = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(7448, 2 ** 31, 9_999_999_999))

/** Members that are of one and the same resource. */
export const ofReference = (kind: ReferenceKind, ...members: string[]) => fromOne(kind, picks, members)

/** As above, of what was given out last: it does not stay good for long. */
export const ofNewest = (kind: ReferenceKind, ...members: string[]) => fromOne(kind, fc.nat(1), members)

const fromOne = (kind: ReferenceKind, which: fc.Arbitrary<number>, members: string[]) =>
  which.map((pick) => Object.fromEntries(members.map((member) => [member, new Reference(kind, member, pick)])))

/** About the day at which the world begins. */
export const ranges = fc
  .tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 11, max: 28 }))
  .map(([from, until]) => ({
    from: `2026-03-${String(from).padStart(2, '0')}T00:00:00Z`,
    until: `2026-03-${until}T00:00:00Z`,
  }))

const acceptances = reference('invitation', 'token').map((token) => ({ token, password: A_PASSWORD }))

/** What the members of the native API's requests mean. */
export const API_MEANING: Meaning = {
  names: {
    appid: reference('account', 'appid'),
    application: reference('application', 'id'),
    ticket: reference('ticket'),
    quantity: smallQuantities,
    third_cat_id: categoryIds,
    second_cat_id: categoryIds,
    first_cat_id: categoryIds,
    openid: fc.constantFrom('o1', 'o2', 'o3', 'oVDmXjp7y8aG2AlBuRpMZTb1-cmA'),
    url: reference('callback', 'url'),
    current: fc.constant(A_PASSWORD),
    password: fc.constantFrom(A_PASSWORD, '另一个 correct horse', 'short'),
    ends_at: fc.constantFrom('2031-12-31T12:00:00.000Z', '2040-01-01T00:00:00+08:00', '1970-01-01T00:00:00Z'),
    fields: fc.constantFrom('license', 'apply_reason', 'quantity', 'name', 'phone'),
    field: fc.constantFrom('quantity', 'apply_reason'),
    compare_with: reference('application', 'id'),
    ids: reference('application', 'id'),
    q: fc.oneof(
      reference('account', 'appid'),
      reference('application', 'audit_id'),
      reference('application', 'id'),
      fc.constantFrom('13800138000', 'a@example.com', 'Acme', '91350211M000100Y43', '%', '_'),
    ),
    actor: fc.constantFrom('key:first', 'staff:fuzz-1', 'merchant', 'api_key'),
    action: fc.constantFrom('application.decide', 'application.submit', 'policy.change', 'session.begin'),
    deliveries: fc.constantFrom(0, 0, 1),
    reviewer: fc.constantFrom('key:first', 'staff:1'),
    lottery_id: reference('lottery', 'lottery_id'),
    mchid: MCHIDS,
    auth_mchid: fc.constantFrom('1000052601', '1000052601', '1000052601', '10000098'),
  },
  groups: [
    { members: ['reason_no', 'version'], together: ofReference('reason', 'reason_no', 'version') },
    { members: ['id', 'version'], together: ofReference('open_application', 'id', 'version') },
    { members: ['name', 'password', 'token'], together: acceptances },
    { members: ['name', 'password'], together: ofReference('leaver', 'name', 'password') },
    { members: ['uuid', 'major', 'minor', 'distance'], together: beacons },
    { members: ['latitude', 'longitude'], together: fc.constantFrom({ latitude: 23.09, longitude: 113.32 }) },
  ],
}
