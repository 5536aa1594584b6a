import { brands } from '@shenpi/sdk/contract/wire/brands'
import { shopAudits } from '@shenpi/sdk/contract/wire/shop-audits'
import { after, type ConformanceCase, needing, type Story } from '../case.ts'
import { NO_NUMBERS, NO_OBJECTS, NUL, type Row, refused } from '../refused.ts'
import { aBrand } from '../requests.ts'
import { PICTURES } from '../world/named.ts'

const { auditBrand, getBrandList } = brands
const { merchant, stranger, nobody } = PICTURES
const DOCUMENT = merchant.picture

type Changes = Record<string, unknown>
const brand = (changes: Changes = {}, request: Changes = {}) => aBrand(DOCUMENT, changes, request)

/** A registered mark, and one that is applied for: what each has, and nothing else. */
const registered = {
  trademark_registration_certificate: [DOCUMENT],
  trademark_registrant: '山茶有限公司',
  trademark_authorization_period: '2030-12-31 00:00:00',
  trademark_registration_application: undefined,
  trademark_applicant: undefined,
  trademark_application_time: undefined,
}
const appliedFor = {
  trademark_registration_certificate: [],
  trademark_registrant: '',
  trademark_authorization_period: '',
  trademark_registration_application: [DOCUMENT],
  trademark_applicant: '山茶有限公司',
  trademark_application_time: '2025-01-31 08:00:00',
}
const agent = { brand_management_type: 2, sale_authorization: [DOCUMENT] }

/** What every application for a brand says. Source: docs/protocol/shops.md, audit/audit_brand. */
const ANY = [
  'license',
  'brand_audit_type',
  'trademark_type',
  'brand_management_type',
  'commodity_origin_type',
  'brand_wording',
  'trademark_registrant_nu',
]
const REGISTERED = ['trademark_registration_certificate', 'trademark_registrant', 'trademark_authorization_period']
const APPLIED_FOR = ['trademark_registration_application', 'trademark_applicant', 'trademark_application_time']

/** The four columns of requirements. */
const COLUMNS = [
  { name: 'an own brand, R', info: { brand_audit_type: 1, ...registered }, required: [...ANY, ...REGISTERED] },
  { name: 'an own brand, TM', info: { brand_audit_type: 2, ...appliedFor }, required: [...ANY, ...APPLIED_FOR] },
  {
    name: 'an agent’s brand, R',
    info: { brand_audit_type: 3, ...registered, ...agent },
    required: [...ANY, ...REGISTERED, 'sale_authorization'],
  },
  {
    name: 'an agent’s brand, TM',
    info: { brand_audit_type: 4, ...appliedFor, ...agent },
    required: [...ANY, ...APPLIED_FOR, 'sale_authorization'],
  },
]

/** Each column without each field that it requires. */
const REQUIREMENTS: readonly ConformanceCase[] = COLUMNS.flatMap(({ name, info, required }) =>
  refused(
    auditBrand,
    'merchant',
    990007,
    required.flatMap((field) =>
      [undefined, null].map(
        (none): Row => [
          `${name}, ${field} ${none === null ? 'null' : 'absent'}`,
          field === 'license' ? brand(info, { license: none }) : brand({ ...info, [field]: none }),
        ],
      ),
    ),
  ),
)

const ofInfo = (field: string, rows: readonly Row[]): Row[] =>
  rows.map(([name, value]) => [`${field} ${name}`, brand({ [field]: value })])

const LISTS = [
  'sale_authorization',
  'trademark_registration_certificate',
  'trademark_change_certificate',
  'trademark_registration_application',
  'imported_goods_form',
]

/** Values that are no list of pictures. */
const pictures: readonly Row[] = [
  ['a number', 5],
  ['of a number', [5]],
  ['of an empty text', ['']],
  ['of 2049 characters', [`http://example.com/${'a'.repeat(2030)}`]],
  ['of a link with U+0000', ['http://example.com/\0']],
]

/** Source: docs/protocol/shops.md, audit/audit_brand. */
const FIELDS: readonly ConformanceCase[] = [
  ...refused(auditBrand, 'merchant', 990007, [
    ['an empty object', {}],
    ['no brand_info', { audit_req: { license: [DOCUMENT] } }],
    ['license empty', brand({}, { license: [] })],
    ['license an empty text', brand({}, { license: '' })],
    ...ofInfo('trademark_registration_certificate', [['an empty text', '']]),
    ...ofInfo('brand_wording', [['blank', ' ']]),
  ]),
  ...refused(auditBrand, 'merchant', 40097, [
    ...NO_OBJECTS,
    ['audit_req a text', { audit_req: '' }],
    ['brand_info a text', brand({}, { brand_info: 'x' })],
    ...ofInfo('brand_audit_type', [['0', 0], ['5', 5], ...NO_NUMBERS]),
    ...ofInfo('trademark_type', [
      ['0', '0'],
      ['46', '46'],
      ['46 as a number', 46],
      ['a word', 'tea'],
      ['true', true],
    ]),
    ...ofInfo('brand_management_type', [['0', 0], ['4', 4], ...NO_NUMBERS]),
    ...ofInfo('commodity_origin_type', [['0', 0], ['3', 3], ...NO_NUMBERS]),
    ...ofInfo('trademark_authorization_period', [
      ['a number', 5],
      ['a date alone', '2030-12-31'],
      ['of month 13', '2030-13-01 00:00:00'],
      ['of 31 days in February', '2030-02-31 00:00:00'],
    ]),
    [
      'trademark_application_time a number',
      brand({ brand_audit_type: 2, ...appliedFor, trademark_application_time: 5 }),
    ],
    [
      'trademark_application_time a date alone',
      brand({ brand_audit_type: 2, ...appliedFor, trademark_application_time: '2025-01-31' }),
    ],
  ]),
  ...refused(auditBrand, 'merchant', 990008, [
    ...ofInfo('brand_wording', [['of 101 characters', '茶'.repeat(101)]]),
    ...['brand_wording', 'trademark_registrant', 'trademark_registrant_nu', 'trademark_applicant'].flatMap((field) =>
      ofInfo(field, [['a number', 5], NUL]),
    ),
    ...ofInfo('trademark_registrant', [['of 201 characters', '茶'.repeat(201)]]),
    ...ofInfo('trademark_registrant_nu', [['of 65 characters', '1'.repeat(65)]]),
    [
      'trademark_applicant of 201 characters',
      brand({ brand_audit_type: 2, ...appliedFor, trademark_applicant: '茶'.repeat(201) }),
    ],
    ...LISTS.flatMap((field) => ofInfo(field, [['of 11 pictures', Array(11).fill(DOCUMENT)]])),
    ['license of 11 pictures', brand({}, { license: Array(11).fill(DOCUMENT) })],
  ]),
  ...refused(auditBrand, 'merchant', 1000035, [
    ...pictures.map(([name, value]): Row => [`license ${name}`, brand({}, { license: value })]),
    ['license of a text that is no link', brand({}, { license: ['licence.png'] })],
    ...LISTS.flatMap((field) => ofInfo(field, pictures)),
  ]),
  ...refused(auditBrand, 'merchant', 40007, [
    ["license of another account's media_id", brand({}, { license: [stranger.mediaId] })],
    ['license of a media_id that nobody was given', brand({}, { license: [nobody.mediaId] })],
  ]),
  ...refused(auditBrand, 'merchant', 1050011, ofInfo('brand_management_type', [['of no brand', 3]])),
  ...needing(
    'its access to the shop is as it was opened',
    refused(auditBrand, 'merchant', 1000043, [
      ['a scene that is not open', brand({}, { scene_group_list: [1, 3] })],
      ['ten scenes, one of them not open', brand({}, { scene_group_list: [...Array(9).fill(1), 3] })],
      ['11 scenes', brand({}, { scene_group_list: Array(11).fill(1) })],
      ['a text for the scenes', brand({}, { scene_group_list: 'x' })],
      ...NO_NUMBERS.map(([name, value]) => [`a scene ${name}`, brand({}, { scene_group_list: [value] })] as const),
    ]),
  ),
]

const LONGEST_LINK = `http://10.0.0.1/${'a'.repeat(2032)}`

const applied = (name: string, request: unknown): ConformanceCase => ({
  name,
  call: auditBrand,
  request,
  keep: { newAuditId: 'audit_id' },
})
const result = (name: string, data: Changes): ConformanceCase => ({
  name,
  call: shopAudits.auditResult,
  request: { audit_id: '{newAuditId}' },
  answer: { data },
})

const STORY: readonly ConformanceCase[] = [
  { name: 'no brand at first', call: getBrandList, request: {}, answer: { data: [] } },
  ...refused(getBrandList, 'merchant', 40097, NO_OBJECTS),
  ...COLUMNS.map(({ name, info }, column) =>
    applied(name, brand({ ...info, trademark_registrant_nu: `column-${column}` })),
  ),
  applied(
    'licence as a text, class and types in digits, no scenes',
    brand(
      { trademark_type: 45, brand_audit_type: '1', commodity_origin_type: '1', trademark_registrant_nu: 'digits' },
      { license: DOCUMENT, scene_group_list: undefined },
    ),
  ),
  applied(
    'a picture from elsewhere, fetched later',
    brand({ trademark_registrant_nu: 'link' }, { license: ['{site}/picture'] }),
  ),
  applied(
    'everything as long as it may be',
    brand(
      {
        ...registered,
        ...agent,
        ...Object.fromEntries(LISTS.map((field) => [field, Array(10).fill(DOCUMENT)])),
        brand_wording: '茶'.repeat(100),
        trademark_registrant: '茶'.repeat(200),
        trademark_registrant_nu: '1'.repeat(64),
        trademark_applicant: '茶'.repeat(200),
      },
      { license: Array(10).fill(DOCUMENT) },
    ),
  ),
  applied(
    'a mark that is applied for, with links as long as they may be',
    brand(
      {
        ...appliedFor,
        brand_audit_type: 2,
        ...Object.fromEntries(LISTS.map((field) => [field, [LONGEST_LINK]])),
        trademark_registration_certificate: undefined,
        trademark_registrant: undefined,
        trademark_authorization_period: undefined,
        trademark_registrant_nu: 'links',
      },
      { license: [LONGEST_LINK] },
    ),
  ),
  applied(
    'a registered mark, with a link as long as it may be',
    brand({ trademark_registration_certificate: [LONGEST_LINK], trademark_registrant_nu: 'longest' }),
  ),
  applied('a brand', brand({ trademark_registrant_nu: '2' })),
  result('a brand under review', { status: 0, brand_id: 0, reject_reason: '' }),
  ...refused(auditBrand, 'merchant', 1050009, [['a brand under review', brand({ trademark_registrant_nu: '2' })]]),
  {
    ...result('a brand that was rejected, and why', { status: 9, brand_id: 0, reject_reason: '证件不清晰' }),
    given: 'staff reject what the merchant applied for',
  },
  ...after('staff reject what the merchant applied for', [
    applied('again after the rejection', brand({ trademark_registrant_nu: '2' })),
  ]),
  {
    ...result('a brand that was approved', { status: 1, reject_reason: '' }),
    given: 'staff approve what the merchant applied for',
  },
  ...after(
    'staff approve what the merchant applied for',
    refused(auditBrand, 'merchant', 1050003, [
      [
        'a brand that was granted, spelt otherwise',
        brand({ brand_wording: ' 山茶 CAMELLIA', trademark_registrant_nu: '2' }),
      ],
    ]),
  ),
  {
    name: 'what was granted',
    after: 'staff approve what the merchant applied for',
    call: getBrandList,
    request: {},
    answer: { data: [{ brand_wording: '山茶 Camellia' }] },
  },
  {
    name: "another account's brands are not seen",
    call: getBrandList,
    by: 'stranger',
    request: {},
    answer: { data: [] },
  },
  ...refused(shopAudits.auditResult, 'stranger', 1050005, [["another account's brand", { audit_id: '{newAuditId}' }]]),
]

const BY_THE_STRANGER: ConformanceCase = {
  name: 'the same brand is another’s to apply for',
  needs: 'the stranger is a new account',
  call: auditBrand,
  by: 'stranger',
  request: aBrand(stranger.picture, { trademark_registrant_nu: '2' }),
}

export const BRANDS_STORY: Story = {
  subject: 'brands',
  cases: [...REQUIREMENTS, ...FIELDS, ...needing('it has no brands', STORY), BY_THE_STRANGER],
}
