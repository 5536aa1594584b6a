import { shops } from '@shenpi/sdk'
import type { Call } from '@shenpi/sdk/contract/call'
import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import { toAuditId } from '../../../src/applications/application-id.ts'
import { aCategory, aPicture } from '../../factories.ts'
import { aBomb, aForm, aPictureOf, aTruncatedPng, SVG } from '../files.ts'
import type { FAILING } from '../site.ts'
import { FREE, GRANTED, OPEN, OPTIONAL, type World } from '../world.ts'
import { bodies, NO_NUMBERS, NO_OBJECTS, NO_TEXTS, type Refusal } from './refusal.ts'

const { imgUpload, catGet, auditCategory, auditResult } = shops

const upload = (name: string, problem: ProblemCode, query: string, body: unknown = {}): Refusal => ({
  call: imgUpload,
  name,
  problem,
  as: 'newcomer',
  request: () => ({ query, body }),
})

/** The exchange of a link of the merchant's site. */
const exchanged = (problem: ProblemCode, name: string, path: keyof typeof FAILING): Refusal => ({
  call: imgUpload,
  name,
  problem,
  as: 'newcomer',
  request: ({ site }) => ({
    body: aForm(undefined, '', { upload_type: '1', resp_type: '1', img_url: site.url + path }),
  }),
})

/** Source: docs/protocol/shops.md, img/upload. */
const uploads: Refusal[] = [
  ...bodies(imgUpload, 'newcomer', 'picture.missing', [
    ['nothing', undefined],
    ['JSON', {}],
    ['a form without a file', aForm(undefined, '', { resp_type: '1', upload_type: '0' })],
    ['a URL-encoded form', 'resp_type=1&upload_type=0'],
    ['an empty file', aForm('')],
  ]),
  ...bodies(
    imgUpload,
    'newcomer',
    'shop.parameter_invalid',
    ['resp_type', 'upload_type'].flatMap((field) =>
      ['3', '-1', 'x', '1.5', 'true'].map(
        (value) =>
          [`${field}: ${value}`, async () => aForm(await aPicture(), 'image/png', { [field]: value })] as const,
      ),
    ),
  ),
  upload('resp_type 3 in the query', 'shop.parameter_invalid', 'resp_type=3'),
  upload('no link', 'shop.parameter_missing', 'upload_type=1'),
  upload('null for the link', 'shop.parameter_missing', '', { upload_type: 1, img_url: null }),
  ...[
    'picture.png',
    '/p/wx0123456789abcdef/x',
    'ftp://example.com/a.png',
    'javascript:alert(1)',
    'http://',
    'http://user:secret@example.com/a.png',
    `http://example.com/${'a'.repeat(2048)}`,
  ].map((img_url) =>
    upload(`the link ${img_url.slice(0, 40)}`, 'picture.link_invalid', '', { upload_type: 1, img_url }),
  ),
  ...NO_TEXTS.map(([name, img_url]) =>
    upload(`the link ${name}`, 'picture.link_invalid', '', { upload_type: 1, img_url }),
  ),
  ...[
    'http://10.0.0.1/x',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:10.0.0.1]/x',
    'http://0x0a000001/x',
    'http://nowhere.invalid/x',
    'http://127.0.0.1:1/x',
  ].map((img_url) => upload(`the link ${img_url}`, 'picture.unfetchable', '', { upload_type: 1, img_url })),
  exchanged('picture.unfetchable', 'a link that is not there', '/missing'),
  exchanged('picture.unfetchable', 'a link that fails', '/broken'),
  exchanged('picture.unfetchable', 'a link that leads elsewhere', '/moved'),
  exchanged('picture.unfetchable', 'a link to more than 2 MB', '/huge'),
  exchanged('picture.unreadable', 'a link to a page', '/page'),
  exchanged('picture.unreadable', 'a link to an SVG', '/svg'),
  exchanged('picture.unreadable', 'a link to a WebP', '/webp'),
  exchanged('picture.unreadable', 'a link to a GIF', '/gif'),
  exchanged('picture.unreadable', 'a link to a picture that breaks off', '/cut'),
  ...bodies(imgUpload, 'newcomer', 'picture.type_invalid', [
    ['text named .png', aForm('a text')],
    ['SVG', aForm(SVG, 'image/svg+xml')],
    ['WebP', async () => aForm(await aPicture({ format: 'webp' }), 'image/webp')],
    ['GIF', async () => aForm(await aPicture({ format: 'gif' }), 'image/gif')],
    ['JPEG that says it is a PNG', async () => aForm(await aPicture({ format: 'jpeg' }))],
    ['a PDF', aForm('%PDF-1.7', 'application/pdf')],
  ]),
  ...bodies(imgUpload, 'newcomer', 'upload.too_large', [
    ['2 MB and a byte', async () => aForm(await aPictureOf(2 * 1024 * 1024 + 1))],
  ]),
  ...bodies(imgUpload, 'newcomer', 'picture.unreadable', [
    ['a picture that breaks off', async () => aForm(await aTruncatedPng())],
    ['a picture that unpacks to 400 million pixels', () => aForm(aBomb())],
  ]),
]

type Change = (world: World) => Record<string, unknown>

/** A category application of the merchant, with members of `audit_req` and of `category_info` changed. */
const applied =
  (request: Change = () => ({}), info: Change = () => ({})) =>
  (world: World) => {
    const { picture } = world.merchant
    return aCategory([picture], [picture], {
      category_info: { ...OPTIONAL, certificate: [picture], ...info(world) },
      ...request(world),
    })
  }
const changed = (field: string, value: unknown) => applied(() => ({ [field]: value }))
const changedInfo = (field: string, value: unknown) => applied(undefined, () => ({ [field]: value }))

/** Source: docs/protocol/shops.md, audit/audit_category, scene_group_list, Pictures. */
const applications: Refusal[] = [
  ...bodies(auditCategory, 'merchant', 'shop.parameter_invalid', NO_OBJECTS),
  ...bodies(auditCategory, 'merchant', 'shop.parameter_missing', [
    ['an empty object', {}],
    ['audit_req null', { audit_req: null }],
    ...NO_TEXTS.slice(0, 3).map(([name, value]) => [`audit_req: ${name}`, { audit_req: value }] as const),
    ['audit_req empty', { audit_req: {} }],
    ['license absent', changed('license', undefined)],
    ['license null', changed('license', null)],
    ['license without a picture', changed('license', [])],
    ['category_info absent', changed('category_info', undefined)],
    ['category_info null', changed('category_info', null)],
    ['category_info: a text', changed('category_info', 'x')],
    ['level1 absent', changedInfo('level1', undefined)],
    ['level2 null', changedInfo('level2', null)],
    ['level3 absent', changedInfo('level3', undefined)],
    ['certificate absent', changedInfo('certificate', undefined)],
    ['certificate null', changedInfo('certificate', null)],
  ]),
  ...bodies(auditCategory, 'newcomer', 'shop.parameter_missing', [
    [
      'a category that needs a document without one',
      ({ newcomer }: World) => aCategory([newcomer.picture], [], { category_info: { ...GRANTED, certificate: [] } }),
    ],
  ]),
  ...bodies(auditCategory, 'merchant', 'shop.parameter_too_long', [
    ...['level1', 'level2', 'level3'].flatMap((field) => [
      ...NO_NUMBERS.map(([name, value]) => [`${field}: ${name}`, changedInfo(field, value)] as const),
      [`${field}: 11 digits`, changedInfo(field, 10_000_000_000)] as const,
      [`${field}: a text of 11 digits`, changedInfo(field, '10000000000')] as const,
      [`${field}: empty`, changedInfo(field, '')] as const,
    ]),
    ['11 certificates', applied(undefined, ({ merchant }) => ({ certificate: Array(11).fill(merchant.picture) }))],
  ]),
  ...bodies(auditCategory, 'merchant', 'picture.link_invalid', [
    ...(['license', 'certificate'] as const).flatMap((field) => {
      const of = (value: unknown) => (field === 'license' ? changed(field, value) : changedInfo(field, value))
      return [
        [`${field}: of an empty text`, of([''])],
        [`${field}: of a number`, of([5])],
        [`${field}: of null`, of([null])],
        [`${field}: neither a link nor a media_id`, of(['picture.png'])],
        [`${field}: a link with a NUL`, of(['http://example.com/\u0000'])],
        [`${field}: another scheme`, of(['ftp://example.com/a.png'])],
        [`${field}: a link with a password`, of(['http://user:secret@example.com/a.png'])],
        [`${field}: 2049 characters`, of([`http://example.com/${'a'.repeat(2030)}`])],
        [`${field}: one of two`, of(['http://example.com/a.png', 'x'])],
      ] as const
    }),
    ['license: an empty text', changed('license', '')],
    ['license: a text that is no link', changed('license', 'x')],
    [
      "license: another account's link without its host",
      applied(({ stranger }) => ({ license: new URL(stranger.picture).pathname })),
    ],
  ]),
  ...bodies(auditCategory, 'merchant', 'picture.media_id_unknown', [
    [
      'a media_id that nobody was given',
      changed('license', [`wxashop_${Buffer.from(`1700000000${'0'.repeat(32)}`).toString('base64url')}`]),
    ],
    ["another account's media_id", applied(({ stranger }) => ({ license: [stranger.mediaId] }))],
  ]),
  ...bodies(auditCategory, 'merchant', 'category.unknown', [
    ['no such category', changedInfo('level3', 1)],
    ['level 0', changedInfo('level3', 0)],
    ['the largest level', changedInfo('level3', 9_999_999_999)],
    ['of another second level', changedInfo('level2', OPEN.level2)],
    ['of another first level', changedInfo('level1', 1001)],
  ]),
  ...bodies(auditCategory, 'merchant', 'category.not_third_level', [
    ['a category of the second level', changedInfo('level3', OPTIONAL.level2)],
    ['a category of the first level', changedInfo('level3', OPTIONAL.level1)],
  ]),
  ...bodies(auditCategory, 'merchant', 'category.free', [
    ['a category that needs nothing', applied(undefined, () => FREE)],
  ]),
  ...bodies(auditCategory, 'merchant', 'category.granted', [
    ['a category that is granted', applied(undefined, () => GRANTED)],
  ]),
  ...bodies(auditCategory, 'merchant', 'category.under_review', [
    ['a category under review', applied(undefined, () => OPEN)],
  ]),
  ...bodies(auditCategory, 'merchant', 'scene.not_open', [
    ['a scene that is not open', changed('scene_group_list', [3])],
    ['one scene of two is not open', changed('scene_group_list', [1, 3])],
    ['a scene that is none', changed('scene_group_list', [0])],
    ...NO_NUMBERS.map(([name, value]) => [`a scene: ${name}`, changed('scene_group_list', [value])] as const),
    ['a number for the list', changed('scene_group_list', 1)],
    ['a text for the list', changed('scene_group_list', 'x')],
  ]),
]

/** Source: docs/protocol/shops.md, audit/result. */
const results: Refusal[] = [
  ...bodies(auditResult, 'merchant', 'shop.parameter_invalid', NO_OBJECTS),
  ...bodies(auditResult, 'merchant', 'shop.parameter_missing', [
    ['an empty object', {}],
    ['null', { audit_id: null }],
  ]),
  ...bodies(auditResult, 'merchant', 'audit.unknown', [
    ...NO_TEXTS.map(([name, audit_id]) => [name, { audit_id }] as const),
    ['empty', { audit_id: '' }],
    ['the id of the published example', { audit_id: 'RQAAAPX1nuJsAAAAFTrfXW' }],
    ['longer than any', { audit_id: 'A'.repeat(4000) }],
    ['with a NUL', { audit_id: 'RQAAAPX1nuJsAAAAFTrfX\u0000' }],
    ['of the native API', ({ merchant }: World) => ({ audit_id: `${merchant.accountId}-2` })],
    ["another account's", ({ stranger }: World) => ({ audit_id: stranger.auditId })],
    [
      'of an application that is none of a category',
      ({ merchant }: World) => ({
        audit_id: toAuditId({ accountId: merchant.accountId, applicationNo: merchant.applyId }),
      }),
    ],
    [
      'of an application that never was',
      ({ merchant }: World) => ({ audit_id: toAuditId({ accountId: merchant.accountId, applicationNo: 999_999 }) }),
    ],
  ]),
]

/** Source: docs/protocol/shops.md, the first section. */
const closed: Refusal[] = Object.values<Call>(shops).flatMap((call) => [
  ...bodies(call, 'outsider', 'shop.not_open', [['without the component', {}]]),
  ...bodies(call, 'banned', 'shop.banned', [['by a banned account', {}]]),
])

export const shopsRefusals: Refusal[] = [
  ...closed,
  ...uploads,
  ...bodies(catGet, 'newcomer', 'shop.parameter_invalid', NO_OBJECTS),
  ...applications,
  ...results,
]
