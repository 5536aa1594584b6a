import { categories } from '@shenpi/sdk/contract/wire/categories'
import { shopAudits } from '@shenpi/sdk/contract/wire/shop-audits'
import { after, type ConformanceCase, needing, type Story } from '../case.ts'
import { NO_NUMBERS, NO_OBJECTS, NO_TEXTS, type Row, refused } from '../refused.ts'
import { aCategory } from '../requests.ts'
import tree from '../world/category-tree.json' with { type: 'json' }
import { PICTURES } from '../world/named.ts'
import { CATEGORIES } from '../world/world.ts'

const { catGet, auditCategory } = categories
const { auditResult } = shopAudits
const { merchant, stranger, nobody } = PICTURES

type Changes = Record<string, unknown>
const NEW = 'it had applied for no category'
const TREE = 'the categories are the sandbox’s'
const GRANTED = 'a category is granted, another under review'

/** The merchant's application for a category that it may apply for, with members of `audit_req` and `category_info` changed. */
const aRequest = (changes: Changes = {}, info: Changes = {}) => {
  const { picture } = merchant
  const category_info = { ...CATEGORIES.optional, certificate: [picture], ...info }
  return aCategory([picture], [picture], { category_info, ...changes })
}
const ofInfo = (info: Changes) => aRequest({}, info)

/** What a category that is applied for again is refused with comes before what its application is refused with. */
const repeated = (what: string, info: Changes): Row[] => [
  [`${what}, for a scene that is not open`, aRequest({ scene_group_list: [3] }, info)],
  [`${what}, without a document`, ofInfo({ ...info, certificate: [] })],
  [`${what}, with a picture that nobody was given`, ofInfo({ ...info, certificate: [nobody.mediaId] })],
]

const pictures = (field: 'license' | 'certificate', rows: readonly Row[]): Row[] =>
  rows.map(([name, value]) => [
    `${field} ${name}`,
    field === 'license' ? aRequest({ license: value }) : ofInfo({ certificate: value }),
  ])

/** Source: docs/protocol/shops.md, audit/audit_category, scene_group_list, Pictures. */
const APPLICATIONS: readonly ConformanceCase[] = [
  ...refused(auditCategory, 'merchant', 40097, NO_OBJECTS),
  ...refused(auditCategory, 'merchant', 990007, [
    ['an empty object', {}],
    ['audit_req null', { audit_req: null }],
    ...NO_TEXTS.slice(0, 3).map(([name, value]) => [`audit_req ${name}`, { audit_req: value }] as const),
    ['audit_req empty', { audit_req: {} }],
    ['license absent', aRequest({ license: undefined })],
    ['license null', aRequest({ license: null })],
    ['license without a picture', aRequest({ license: [] })],
    ['category_info absent', aRequest({ category_info: undefined })],
    ['category_info null', aRequest({ category_info: null })],
    ['category_info a text', aRequest({ category_info: 'x' })],
    ['level1 absent', ofInfo({ level1: undefined })],
    ['level2 null', ofInfo({ level2: null })],
    ['level3 absent', ofInfo({ level3: undefined })],
    ['certificate absent', ofInfo({ certificate: undefined })],
    ['certificate null', ofInfo({ certificate: null })],
  ]),
  ...refused(auditCategory, 'stranger', 990007, [
    [
      'a category that needs a document without one',
      aCategory([stranger.picture], [], { category_info: { ...CATEGORIES.granted, certificate: [] } }),
    ],
  ]),
  ...refused(auditCategory, 'merchant', 990008, [
    ...['level1', 'level2', 'level3'].flatMap((field) => [
      ...NO_NUMBERS.map(([name, value]) => [`${field} ${name}`, ofInfo({ [field]: value })] as const),
      [`${field} of 11 digits`, ofInfo({ [field]: 10_000_000_000 })] as const,
      [`${field} a text of 11 digits`, ofInfo({ [field]: '10000000000' })] as const,
      [`${field} empty`, ofInfo({ [field]: '' })] as const,
    ]),
    ...pictures('license', [['of 11 pictures', Array(11).fill(merchant.picture)]]),
    ...pictures('certificate', [['of 11 pictures', Array(11).fill(merchant.picture)]]),
  ]),
  ...needing(NEW, [
    ...refused(auditCategory, 'merchant', 1000035, [
      ...(['license', 'certificate'] as const).flatMap((field) =>
        pictures(field, [
          ['of an empty text', ['']],
          ['of a number', [5]],
          ['of null', [null]],
          ['of neither a link nor a media_id', ['picture.png']],
          ['of a link with U+0000', ['http://example.com/\u0000']],
          ['of another scheme', ['ftp://example.com/a.png']],
          ['of a link with a password', ['http://user:secret@example.com/a.png']],
          ['of 2049 characters', [`http://example.com/${'a'.repeat(2030)}`]],
          ['of a link and a text', ['http://example.com/a.png', 'x']],
          ['a number', 5],
        ]),
      ),
      ...pictures('license', [
        ['an empty text', ''],
        ['a text that is no link', 'x'],
        ["another account's link without its host", '{strangerPicturePath}'],
      ]),
    ]),
    ...refused(
      auditCategory,
      'merchant',
      40007,
      pictures('license', [
        ['of a media_id that nobody was given', [nobody.mediaId]],
        ["of another account's media_id", [stranger.mediaId]],
      ]),
    ),
  ]),
  ...needing(
    TREE,
    refused(auditCategory, 'merchant', 1000009, [
      ['no such category', ofInfo({ level3: 1 })],
      ['level 0', ofInfo({ level3: 0 })],
      ['the largest levels', ofInfo({ level1: 9_999_999_999, level2: 9_999_999_999, level3: 9_999_999_999 })],
      ['of another second level', ofInfo({ level2: CATEGORIES.underReview.level2 })],
      ['of another first level', ofInfo({ level1: 1001 })],
    ]),
  ),
  ...needing(
    TREE,
    refused(auditCategory, 'merchant', 1000007, [
      ['a category of the second level', ofInfo({ level3: CATEGORIES.optional.level2 })],
      ['a category of the first level', ofInfo({ level3: CATEGORIES.optional.level1 })],
    ]),
  ),
  ...needing(
    TREE,
    refused(auditCategory, 'merchant', 1050011, [['a category that needs nothing', ofInfo(CATEGORIES.free)]]),
  ),
  ...needing(GRANTED, [
    ...refused(auditCategory, 'merchant', 1050003, [
      ['a category that is granted', ofInfo(CATEGORIES.granted)],
      ...repeated('a category that is granted', CATEGORIES.granted),
    ]),
    ...refused(auditCategory, 'merchant', 1050009, [
      ['a category under review', ofInfo(CATEGORIES.underReview)],
      ...repeated('a category under review', CATEGORIES.underReview),
    ]),
  ]),
  ...needing(
    'its access to the shop is as it was opened',
    refused(auditCategory, 'merchant', 1000042, [
      ['a scene that is not open', aRequest({ scene_group_list: [3] })],
      ['one scene of two is not open', aRequest({ scene_group_list: [1, 3] })],
      ['a scene that is none', aRequest({ scene_group_list: [0] })],
      ['ten scenes, one of them not open', aRequest({ scene_group_list: [...Array(9).fill(1), 3] })],
      ['11 scenes', aRequest({ scene_group_list: Array(11).fill(1) })],
      ...NO_NUMBERS.map(([name, value]) => [`a scene ${name}`, aRequest({ scene_group_list: [value] })] as const),
      ['a number for the list', aRequest({ scene_group_list: 1 })],
      ['a text for the list', aRequest({ scene_group_list: 'x' })],
    ]),
  ),
]

const inOrder = tree.third_cat_list.toSorted((a, b) => a.third_cat_id - b.third_cat_id)

const lists: readonly ConformanceCase[] = [
  { name: 'all categories', needs: TREE, call: catGet, request: {}, answer: { third_cat_list: inOrder } },
  ...refused(catGet, 'merchant', 40097, NO_OBJECTS),
  ...refused(categories.getCategoryList, 'merchant', 40097, NO_OBJECTS),
  {
    name: 'what was granted, with its parents',
    needs: GRANTED,
    call: categories.getCategoryList,
    request: {},
    answer: { data: [{ first_cat_id: 1001, second_cat_id: 1014, third_cat_id: 1017 }] },
  },
  {
    name: "another account's categories are not seen",
    call: categories.getCategoryList,
    by: 'stranger',
    request: {},
    answer: { data: [] },
  },
]

const result = (name: string, data: Changes, audit_id = '{newAuditId}'): ConformanceCase => ({
  name,
  call: auditResult,
  request: { audit_id },
  answer: { data: { brand_id: 0, ...data } },
})
const applied = (name: string, request: unknown): ConformanceCase => ({
  name,
  call: auditCategory,
  request,
  keep: { newAuditId: 'audit_id' },
})

const LONGEST_LINK = `http://10.0.0.1/${'a'.repeat(2032)}`

const STORY: readonly ConformanceCase[] = [
  result('an application under review', { status: 0, reject_reason: '' }, '{auditId}'),
  applied('an application', aRequest()),
  result('it is under review', { status: 0, reject_reason: '' }),
  ...refused(auditCategory, 'merchant', 1050009, [['the same again while it is under review', aRequest()]]),
  {
    ...result('it was rejected, and why', { status: 9, reject_reason: '证件不清晰' }),
    given: 'staff reject what the merchant applied for',
  },
  ...after('staff reject what the merchant applied for', [
    applied(
      'again after the rejection: links as texts, levels in digits, no scenes, a picture from elsewhere',
      aRequest(
        { license: '{site}/picture', scene_group_list: undefined },
        { level1: '7419', level2: '7475', level3: '7478', certificate: [] },
      ),
    ),
  ]),
  {
    ...result('it was approved', { status: 1, reject_reason: '' }),
    given: 'staff approve what the merchant applied for',
  },
  ...after(
    'staff approve what the merchant applied for',
    refused(auditCategory, 'merchant', 1050003, [['a category that was just approved', aRequest()]]),
  ),
]

const BY_THE_STRANGER: ConformanceCase = {
  name: 'ten pictures in each list, a link of 2048 characters among them',
  needs: 'the stranger is a new account',
  call: auditCategory,
  by: 'stranger',
  request: aCategory([...Array(9).fill(stranger.picture), LONGEST_LINK], [], {
    scene_group_list: [],
    category_info: { ...CATEGORIES.optional, certificate: [...Array(9).fill(stranger.mediaId), LONGEST_LINK] },
  }),
}

export const CATEGORIES_STORY: Story = {
  subject: 'categories',
  cases: [...APPLICATIONS, ...lists, ...needing(NEW, STORY), BY_THE_STRANGER],
}
