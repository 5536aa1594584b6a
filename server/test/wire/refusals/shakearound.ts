import { shakearound } from '@shenpi/sdk'
import { aBatch, aPicture, aRegistration } from '../../factories.ts'
import { aBomb, aForm, aMultipart, aPictureOf, aTruncatedPng, HTML, MEDIA, SVG } from '../files.ts'
import type { World } from '../world.ts'
import { bodies, NO_NUMBERS, NO_OBJECTS, NO_TEXTS, type Refusal, tooLong } from './refusal.ts'

const { accountRegister, accountAuditStatus, materialAdd, deviceApplyId, deviceApplyStatus, deviceSearch } = shakearound

/** The same change of one member, over many values. */
const each = (
  a: (changes: Record<string, unknown>) => object,
  field: string,
  values: readonly (readonly [string, unknown])[],
) => values.map(([name, value]) => [`${field}: ${name}`, a({ [field]: value })] as const)

/** PostgreSQL cannot store it, so no database does. */
const NUL = ['with a NUL', 'a\u0000b'] as const

const ABSENT = [
  ['absent', undefined],
  ['null', null],
] as const

const documents = (urls: (world: World) => unknown) => (world: World) =>
  aRegistration({ qualification_cert_urls: urls(world) })

/** Source: docs/protocol/shakearound.md, account/register. */
const registration: Refusal[] = [
  ...bodies(accountRegister, 'unverified', 'account.not_verified', [
    ['an account that is not verified', aRegistration()],
  ]),
  ...bodies(accountRegister, 'newcomer', 'shake.request_invalid', NO_OBJECTS),
  ...bodies(accountRegister, 'newcomer', 'contact.name_invalid', [
    ...each(aRegistration, 'name', [...ABSENT, ['empty', ''], ['blank', '  '], ...NO_TEXTS, NUL, ...tooLong(20)]),
    ['an empty object', {}],
  ]),
  ...bodies(
    accountRegister,
    'newcomer',
    'contact.phone_invalid',
    each(aRegistration, 'phone_number', [...ABSENT, ['empty', ''], ...NO_TEXTS, ['65 digits', '1'.repeat(65)]]),
  ),
  ...bodies(
    accountRegister,
    'newcomer',
    'contact.email_invalid',
    each(aRegistration, 'email', [
      ...ABSENT,
      ['empty', ''],
      ...NO_TEXTS,
      ['without an @', 'example.com'],
      ['255 characters', `${'e'.repeat(243)}@example.com`],
    ]),
  ),
  ...bodies(
    accountRegister,
    'newcomer',
    'industry.invalid',
    each(aRegistration, 'industry_id', [
      ...ABSENT,
      ...NO_TEXTS,
      ['empty', ''],
      ['a number without its zero', 118],
      ['without its zero', '118'],
      ['none of the list', '0199'],
      ['a branch alone', '01'],
      ['with a blank', '0101 '],
      ['in full-width digits', '０１０１'],
    ]),
  ),
  ...bodies(accountRegister, 'newcomer', 'certificate.url_invalid', [
    ...each(aRegistration, 'qualification_cert_urls', [
      ['a text', 'http://example.com/a.png'],
      ['an object', {}],
      ['of a number', [5]],
      ['of null', [null]],
      ['of an empty text', ['']],
      ['of a link to elsewhere', ['http://example.com/a.png']],
      ['of a link that nobody was given', [`/wx_shake_bus/0/1700000000${'0'.repeat(32)}/0`]],
      ['of a text with a NUL', ['/wx_shake_bus/0/\u0000/0']],
    ]),
    ["another account's document", documents(({ stranger }) => [stranger.license])],
    [
      "one's own document and another account's",
      documents(({ newcomer, stranger }) => [newcomer.license, stranger.license]),
    ],
    ["one's own document with a NUL before it", documents(({ newcomer }) => [`\u0000${newcomer.license}`])],
    ['an icon', documents(({ newcomer }) => [newcomer.icon])],
    ['a picture of the shop', documents(({ newcomer }) => [newcomer.picture])],
    ['a media_id of the shop', documents(({ newcomer }) => [newcomer.mediaId])],
  ]),
  ...bodies(accountRegister, 'newcomer', 'certificate.missing', [
    ['a document is needed: none', aRegistration({ industry_id: '0118', qualification_cert_urls: [] })],
    ['a document is needed: absent', aRegistration({ industry_id: '0118', qualification_cert_urls: undefined })],
    ['a document is needed: null', aRegistration({ industry_id: '0118', qualification_cert_urls: null })],
  ]),
  ...bodies(
    accountRegister,
    'newcomer',
    'activation.reason_too_long',
    each(aRegistration, 'apply_reason', [...NO_TEXTS, NUL, ...tooLong(250)]),
  ),
  ...bodies(accountRegister, 'applicant', 'activation.closed', [['one is under review', aRegistration()]]),
  ...bodies(accountRegister, 'merchant', 'activation.closed', [['one is approved', aRegistration()]]),
]

/** Source: docs/protocol/shakearound.md, Activation. */
const activation: Refusal[] = (['newcomer', 'applicant'] as const).flatMap((as) => [
  ...bodies(deviceApplyId, as, 'account.not_activated', [[`by an ${as}`, aBatch()]]),
  ...bodies(deviceApplyStatus, as, 'account.not_activated', [[`by an ${as}`, { apply_id: 1 }]]),
  ...bodies(deviceSearch, as, 'account.not_activated', [[`by an ${as}`, { type: 2, last_seen: 0, count: 50 }]]),
])

/** Source: docs/protocol/shakearound.md, material/add. */
const material: Refusal[] = [
  ...bodies(materialAdd, 'newcomer', 'material.file_missing', [
    ['nothing', undefined],
    ['JSON', { media: 'x' }],
    ['bytes that are no multipart', Buffer.from([0xff, 0xd8, 0xff])],
    ['a form without a file', aForm(undefined, '', { a: 'b' })],
    ['an empty file', aForm('')],
  ]),
  ...[['a file of another name', { head: [MEDIA.replace('media', 'file'), 'Content-Type: image/png'], body: 'x' }]].map(
    ([name, part]): Refusal => ({
      call: materialAdd,
      name: name as string,
      problem: 'material.file_missing',
      as: 'newcomer',
      request: () => aMultipart(part as { head: string[]; body: string }),
    }),
  ),
  ...['other', 'ICON', 'icon%00', '1'].map(
    (type): Refusal => ({
      call: materialAdd,
      name: `type=${type}`,
      problem: 'material.type_invalid',
      as: 'newcomer',
      request: async () => ({ query: `type=${type}`, body: aForm(await aPicture()) }),
    }),
  ),
  ...bodies(materialAdd, 'newcomer', 'material.type_invalid', [
    ['text named .png', aForm('a text')],
    ['HTML', aForm(HTML, 'text/html')],
    ['SVG', aForm(SVG, 'image/svg+xml')],
    ['SVG that says it is a PNG', aForm(SVG)],
    ['WebP', async () => aForm(await aPicture({ format: 'webp' }), 'image/webp')],
    ['JPEG that says it is a PNG', async () => aForm(await aPicture({ format: 'jpeg' }))],
    ['PNG that says it is a JPEG', async () => aForm(await aPicture(), 'image/jpeg')],
    ['a PDF', aForm('%PDF-1.7', 'application/pdf')],
  ]),
  ...bodies(materialAdd, 'newcomer', 'material.size_invalid', [
    ['an icon of 201 pixels', async () => aForm(await aPicture({ width: 201, height: 201 }))],
    ['an icon that is not square', async () => aForm(await aPicture({ width: 120, height: 119 }))],
    ['2 MB and a byte', async () => aForm(await aPictureOf(2 * 1024 * 1024 + 1))],
  ]),
  ...bodies(materialAdd, 'newcomer', 'material.unreadable', [
    ['a picture that breaks off', async () => aForm(await aTruncatedPng())],
    ['a picture that unpacks to 400 million pixels', () => aForm(aBomb())],
    ['a head of a PNG and nothing else', aForm(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))],
  ]),
]

/** Source: docs/protocol/shakearound.md, device/applyid. */
const batches: Refusal[] = [
  ...bodies(deviceApplyId, 'merchant', 'shake.request_invalid', NO_OBJECTS),
  ...bodies(deviceApplyId, 'merchant', 'batch.quantity_invalid', [
    ...each(aBatch, 'quantity', [...ABSENT, ['0', 0], ['a digit 0', '0'], ['empty', ''], ...NO_NUMBERS]),
    ['an empty object', {}],
  ]),
  ...bodies(
    deviceApplyId,
    'merchant',
    'batch.invalid',
    each(aBatch, 'apply_reason', [...ABSENT, ['empty', ''], ['blank', ' '], ...NO_TEXTS, NUL, ...tooLong(100)]),
  ),
  ...bodies(
    deviceApplyId,
    'merchant',
    'device.comment_too_long',
    each(aBatch, 'comment', [...NO_TEXTS, NUL, ...tooLong(15)]),
  ),
  ...bodies(deviceApplyId, 'merchant', 'store.invalid', each(aBatch, 'poi_id', NO_NUMBERS)),
  ...bodies(deviceApplyId, 'merchant', 'device.quota_exceeded', [
    ['one more than the ceiling leaves', aBatch({ quantity: 10_000 - 3 + 1 })],
    ['as many as a number holds', aBatch({ quantity: Number.MAX_SAFE_INTEGER })],
  ]),
  ...bodies(deviceApplyId, 'waiting', 'batch.under_review', [['a batch is under review', aBatch()]]),
]

/** Source: docs/protocol/shakearound.md, device/applystatus. */
const status: Refusal[] = [
  ...bodies(deviceApplyStatus, 'merchant', 'shake.request_invalid', NO_OBJECTS),
  ...bodies(deviceApplyStatus, 'merchant', 'batch.unknown', [
    ...each((body) => body, 'apply_id', [
      ...ABSENT,
      ...NO_NUMBERS,
      ['0', 0],
      ['never given', 999_999],
      ['the largest number', Number.MAX_SAFE_INTEGER],
    ]),
    ["another account's", ({ stranger }: World) => ({ apply_id: stranger.applyId })],
    ['an application of another kind', { apply_id: 1 }],
  ]),
]

const named = (...device_identifiers: unknown[]) => ({ type: 1, device_identifiers })
const beacon = { uuid: 'FDA50693-A4E2-4FB1-AFCF-C6EB07647825', major: 0, minor: 1 }

/** Source: docs/protocol/shakearound.md, device/search, Device identifier. */
const search: Refusal[] = [
  ...bodies(deviceSearch, 'merchant', 'shake.request_invalid', [
    ...NO_OBJECTS,
    ...each((body) => body, 'type', [['0', 0], ['4', 4], ...NO_NUMBERS]),
    ...each((body) => ({ type: 2, last_seen: 0, ...body }), 'count', [
      ['0', 0],
      ...NO_NUMBERS.filter(([name]) => !name.startsWith('more')),
    ]),
  ]),
  ...bodies(deviceSearch, 'merchant', 'device.too_many', [
    ['51 devices', ({ merchant }: World) => named(...Array(51).fill({ device_id: merchant.deviceId }))],
    ['a page of 51', { type: 2, last_seen: 0, count: 51 }],
    ['a page of 51 of a batch', ({ merchant }: World) => ({ type: 3, apply_id: merchant.applyId, count: '51' })],
  ]),
  ...bodies(deviceSearch, 'merchant', 'device.invalid', [
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
    ['half a triple', named({ uuid: beacon.uuid, major: 0 })],
    ['a triple without its UUID', named({ major: 0, minor: 1 })],
    ['an unknown UUID', named({ ...beacon, uuid: '00000000-0000-0000-0000-000000000000' })],
    ['a UUID that is a number', named({ ...beacon, uuid: 5 })],
    ['major 65536', named({ ...beacon, major: 65536 })],
    ['minor 65536', named({ ...beacon, minor: 65536 })],
    ['minor -1', named({ ...beacon, minor: -1 })],
    ...NO_NUMBERS.map(([name, value]) => [`device_id: ${name}`, named({ device_id: value })] as const),
    ['a device that nobody has', named({ device_id: 4_000_000_000 })],
    ['the largest number', named({ device_id: Number.MAX_SAFE_INTEGER })],
    ["another account's device", ({ stranger }: World) => named({ device_id: stranger.deviceId })],
    ["another account's triple", ({ stranger }: World) => named({ ...beacon, minor: stranger.deviceId })],
    [
      "one's own device and another account's",
      ({ merchant, stranger }: World) => named({ device_id: merchant.deviceId }, { device_id: stranger.deviceId }),
    ],
  ]),
  ...bodies(deviceSearch, 'merchant', 'batch.unknown', [
    ['type 3 without a batch', { type: 3, last_seen: 0, count: 50 }],
    ['type 3 with null for the batch', { type: 3, apply_id: null }],
    ...each((body) => ({ type: 3, ...body }), 'apply_id', [...NO_NUMBERS, ['0', 0], ['never given', 999_999]]),
    ['an unknown batch without a type', { apply_id: 999_999 }],
    ["another account's", ({ stranger }: World) => ({ type: 3, apply_id: stranger.applyId })],
    ['an application of another kind', { type: 3, apply_id: 1 }],
  ]),
  ...bodies(deviceSearch, 'merchant', 'paging.begin_invalid', [
    ...each((body) => ({ type: 2, ...body }), 'begin', NO_NUMBERS),
    ...each((body) => ({ type: 2, ...body }), 'last_seen', NO_NUMBERS),
  ]),
]

export const shakearoundRefusals: Refusal[] = [
  ...registration,
  {
    call: accountAuditStatus,
    name: 'by an account that never applied',
    problem: 'account.not_activated',
    as: 'newcomer',
    request: () => ({}),
  },
  ...activation,
  ...material,
  ...batches,
  ...status,
  ...search,
]
