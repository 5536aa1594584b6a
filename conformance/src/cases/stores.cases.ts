import { STORE_CATEGORIES } from '@shenpi/sdk/contract/store-categories'
import { stores } from '@shenpi/sdk/contract/wire/stores'
import { after, type ConformanceCase, type Story } from '../case.ts'
import { each, NO_NUMBERS, NO_OBJECTS, type Row, refused } from '../refused.ts'
import { aStore } from '../requests.ts'
import { inDigits, PICTURES, STORES } from '../world/named.ts'
import { UNKNOWN } from '../world/world.ts'

const { addPoi, getPoi, getPoiList, updatePoi, delPoi, getWxCategory, apiGetWxCategory } = stores
const { merchant, stranger } = PICTURES
type Changes = Record<string, unknown>

/** The first store that the cases add. */
const NEW = '{addedStore}'
const store = (changes: Changes = {}) => aStore(merchant.photo, changes)
const change = (poi_id: unknown, changes: object) => ({ business: { base_info: { poi_id, ...changes } } })

/** Texts of a field that holds at most so many characters. */
const texts = (field: string, most: number, required: boolean, a: (changes: Changes) => unknown = store): Row[] =>
  each(a, field, [
    ...(required
      ? ([
          ['absent', undefined],
          ['empty', ''],
          ['with U+0000', 'a\0'],
        ] as const)
      : []),
    ['a number', 5],
    [`of ${most + 1} characters`, '店'.repeat(most + 1)],
  ])

/** The merchant's photo under a host that makes its link as long as it may be. */
const LONGEST_LINK = '{merchantPhotoOf2048}'

const TELEPHONES: readonly Row[] = [
  ['of letters', '020-CALLUS'],
  ['a number', 12345],
  ['of 4 digits', '1234'],
  ['of 33 digits', '1'.repeat(33)],
]
const NO_PHOTOS: readonly Row[] = [
  ['empty', []],
  ['a text', merchant.photo],
  ['of 21', Array(21).fill({ photo_url: merchant.photo })],
]
const WRONG_PHOTOS: readonly Row[] = [
  ['of a text', [merchant.photo]],
  ['of a photo without its link', [{}]],
  ['of an empty link', [{ photo_url: '' }]],
  ['of a number for a link', [{ photo_url: 5 }]],
  ['of a link with U+0000', [{ photo_url: `${merchant.photo}\0` }]],
  ['of a link of 2049 characters', [{ photo_url: `https://example.com/${'a'.repeat(2029)}` }]],
  ['of a link to elsewhere', [{ photo_url: 'https://example.com/a.jpg' }]],
  ["of one's own photo and another account's", [{ photo_url: merchant.photo }, { photo_url: stranger.photo }]],
]

/** Source: docs/protocol/stores.md, addpoi. */
const ADD: readonly ConformanceCase[] = [
  ...refused(addPoi, 'merchant', 990007, [
    ['an empty object', {}],
    ['no base_info', { business: {} }],
    ...each(store, 'special', [['absent', undefined]]),
    ...each(store, 'open_time', [['absent', undefined]]),
    ...each(store, 'offset_type', [['absent', undefined]]),
    ...each(store, 'longitude', [['absent', undefined]]),
    ...each(store, 'latitude', [['absent', undefined]]),
  ]),
  ...refused(addPoi, 'merchant', 40097, [
    ...NO_OBJECTS,
    ['business a number', { business: 1 }],
    ['base_info a list', { business: { base_info: [] } }],
    ...each(store, 'longitude', [
      ['a word', 'east'],
      ['beyond 180', 180.1],
      ['below -180', -180.1],
    ]),
    ...each(store, 'latitude', [
      ['a word', 'north'],
      ['beyond the north pole', 90.1],
      ['beyond the south pole', -90.1],
    ]),
    ...each(store, 'offset_type', [['0', 0], ['7', 7], ...NO_NUMBERS]),
    ...each(store, 'avg_price', [['0', 0], ...NO_NUMBERS]),
    ...texts('special', 400, false),
    ...texts('open_time', 100, false),
    ...texts('recommend', 400, false),
    ...texts('introduction', 1000, false),
    ...texts('branch_name', 100, false),
    ...texts('district', 50, false),
    ...texts('sid', 64, false),
    ...each(store, 'special', [
      ['empty', ''],
      ['with U+0000', 'a\0'],
    ]),
    ...each(store, 'open_time', [
      ['empty', ''],
      ['with U+0000', 'a\0'],
    ]),
  ]),
  ...refused(addPoi, 'merchant', 65109, texts('business_name', 100, true)),
  ...refused(addPoi, 'merchant', 65113, texts('province', 50, true)),
  ...refused(addPoi, 'merchant', 65112, texts('city', 50, true)),
  ...refused(addPoi, 'merchant', 65110, texts('address', 200, true)),
  ...refused(addPoi, 'merchant', 65111, each(store, 'telephone', [['absent', undefined], ...TELEPHONES])),
  ...refused(
    addPoi,
    'merchant',
    65104,
    each(store, 'categories', [
      ['absent', undefined],
      ['a text', '美食,小吃快餐'],
      ['empty', []],
      ['of 11', Array(11).fill('美食,小吃快餐')],
      ['of a number', [1]],
      ['with an empty level', ['美食,']],
      ['with a level of 101 characters', ['美'.repeat(101)]],
    ]),
  ),
  ...refused(addPoi, 'merchant', 65114, each(store, 'photo_list', [['absent', undefined], ...NO_PHOTOS])),
  ...refused(addPoi, 'merchant', 65105, each(store, 'photo_list', WRONG_PHOTOS)),
  { name: 'a store', call: addPoi, request: store(), answer: { poi_id: NEW }, keep: { addedStore: 'poi_id' } },
  {
    name: 'a store of what is required alone, numbers as texts',
    call: addPoi,
    request: store({
      sid: undefined,
      branch_name: undefined,
      district: undefined,
      recommend: undefined,
      introduction: undefined,
      avg_price: undefined,
      longitude: '113.41',
      latitude: '-23.12',
      offset_type: '1',
    }),
    answer: { poi_id: '{secondAddedStore}' },
    keep: { secondAddedStore: 'poi_id' },
  },
  {
    name: 'a store with everything as long as it may be',
    call: addPoi,
    request: store({
      sid: 's'.repeat(64),
      business_name: '店'.repeat(100),
      branch_name: '店'.repeat(100),
      province: '省'.repeat(50),
      city: '市'.repeat(50),
      district: '区'.repeat(50),
      address: '路'.repeat(200),
      telephone: '1'.repeat(32),
      categories: [...Array(9).fill('美食,小吃快餐'), '美'.repeat(100)],
      offset_type: 6,
      longitude: 180,
      latitude: 90,
      photo_list: [...Array(19).fill({ photo_url: ` ${merchant.photo} ` }), { photo_url: LONGEST_LINK }],
      special: '特'.repeat(400),
      open_time: '8'.repeat(100),
      recommend: '荐'.repeat(400),
      introduction: '介'.repeat(1000),
    }),
    answer: { poi_id: '{thirdAddedStore}' },
    keep: { thirdAddedStore: 'poi_id' },
  },
]

const changed = (changes: Changes) => change(NEW, changes)

/** Stores that are none of the merchant's, and what each call says of them. */
const unknown = (call: ConformanceCase['call'], request: (poi_id: unknown) => unknown): ConformanceCase[] => [
  ...refused(call, 'merchant', 65115, [
    ['no poi_id', request(undefined)],
    ...NO_NUMBERS.map(([name, poi_id]) => [`poi_id ${name}`, request(poi_id)] as const),
    ['a store that never was', request(UNKNOWN)],
    ["another account's store", request(STORES.strangers.approved)],
    ["another account's deleted store", request(STORES.strangers.deleted)],
  ]),
  ...refused(call, 'merchant', 65116, [['a deleted store', request(STORES.deleted)]]),
]

const shown = (name: string, info: Record<string, unknown>, poi_id: unknown = NEW): ConformanceCase => ({
  name,
  call: getPoi,
  request: { poi_id },
  answer: { business: { base_info: { poi_id: NEW, ...info } } },
})

/** Source: docs/protocol/stores.md, updatepoi. */
const UPDATE: readonly ConformanceCase[] = [
  ...refused(updatePoi, 'merchant', 40097, [...NO_OBJECTS, ['business a list', { business: [] }]]),
  ...refused(updatePoi, 'merchant', 990007, [
    ['an empty object', {}],
    ['no base_info', { business: {} }],
    ['nothing to change', change(NEW, {})],
    ['what cannot be changed alone', change(NEW, { business_name: '麦当劳' })],
  ]),
  ...unknown(updatePoi, (poi_id) => change(poi_id, { open_time: '9' })),
  ...refused(updatePoi, 'merchant', 65111, each(changed, 'telephone', TELEPHONES)),
  ...refused(updatePoi, 'merchant', 65114, each(changed, 'photo_list', NO_PHOTOS)),
  ...refused(updatePoi, 'merchant', 65105, each(changed, 'photo_list', WRONG_PHOTOS)),
  ...refused(updatePoi, 'merchant', 40097, [
    ['base_info a list', { business: { base_info: [] } }],
    ...[
      ['special', 400],
      ['open_time', 100],
      ['recommend', 400],
      ['introduction', 1000],
      ['sid', 64],
    ].flatMap(([field, most]) => [
      ...texts(String(field), Number(most), false, changed),
      ...each(changed, String(field), [
        ['empty', ''],
        ['with U+0000', 'a\0'],
      ]),
    ]),
    ...each(changed, 'avg_price', [['0', 0], ...NO_NUMBERS]),
  ]),
  {
    name: 'nothing but the wireless',
    call: updatePoi,
    request: changed({ special: 'wifi' }),
  },
  {
    ...shown('it has wireless', { special: 'wifi' }),
    given: 'staff approve what the merchant applied for',
  },
  { name: 'nothing but the hours', call: updatePoi, request: changed({ open_time: '8:00-20:00' }) },
  {
    ...shown('it is open', { open_time: '8:00-20:00' }),
    given: 'staff approve what the merchant applied for',
  },
  {
    name: 'all that may be changed',
    call: updatePoi,
    request: change(inDigits(NEW), {
      telephone: '020-7654321',
      photo_list: [...Array(19).fill({ photo_url: merchant.photo }), { photo_url: LONGEST_LINK }],
      special: '特'.repeat(400),
      open_time: '9'.repeat(100),
      recommend: '荐'.repeat(400),
      introduction: '介'.repeat(1000),
      avg_price: 1,
      sid: 's'.repeat(64),
    }),
  },
  shown('it is as it was until the change is approved', {
    available_state: 3,
    update_status: 1,
    open_time: '8:00-20:00',
  }),
  ...refused(updatePoi, 'merchant', 65107, [['a second change', change(NEW, { open_time: '9' })]]),
  {
    ...shown('it is changed', { update_status: 0, open_time: '9'.repeat(100), telephone: '020-7654321' }),
    given: 'staff approve what the merchant applied for',
  },
]

/** Source: docs/protocol/stores.md, getpoi, getpoilist, delpoi. */
const MANAGE: readonly ConformanceCase[] = [
  ...refused(getPoi, 'merchant', 40097, NO_OBJECTS),
  ...unknown(getPoi, (poi_id) => ({ poi_id })),
  shown('a new store is under review', { ...store().business.base_info, available_state: 2, update_status: 0 }),
  shown('by its number in digits', { available_state: 2 }, inDigits(NEW)),
  ...refused(updatePoi, 'merchant', 65106, [['a store under review', change(NEW, { open_time: '9' })]]),
  {
    ...shown('it is approved', { available_state: 3, photo_list: [{ photo_url: merchant.photo }] }),
    given: 'staff approve what the merchant applied for',
  },

  ...refused(getPoiList, 'merchant', 40097, [
    ...NO_OBJECTS,
    ...each((page) => page, 'begin', NO_NUMBERS),
    ...each((page) => page, 'limit', [['0', 0], ['51', 51], ...NO_NUMBERS]),
  ]),
  {
    name: 'the first page',
    call: getPoiList,
    request: { begin: 0, limit: 1 },
    answer: { business_list: [{ base_info: { available_state: 3 } }], total_count: '{storesInAll}' },
  },
  { name: 'all, paging left out', call: getPoiList, request: {}, answer: { total_count: '{storesInAll}' } },
  {
    name: 'a page of 50',
    call: getPoiList,
    request: { begin: '1', limit: '50' },
    answer: { total_count: '{storesInAll}' },
  },
  {
    name: 'beyond the last',
    call: getPoiList,
    request: { begin: 9 },
    answer: { business_list: [], total_count: '{storesInAll}' },
  },

  ...after('staff approve what the merchant applied for', UPDATE),
  {
    name: 'another store',
    call: addPoi,
    request: store({ sid: 'store-2' }),
    keep: { newStore: 'poi_id' },
  },
  ...refused(delPoi, 'merchant', 40097, NO_OBJECTS),
  ...refused(delPoi, 'merchant', 65117, [['a store under review', { poi_id: '{newStore}' }]]),
  ...unknown(delPoi, (poi_id) => ({ poi_id })),
  ...after('staff approve what the merchant applied for', [
    { name: 'a store is deleted', call: delPoi, request: { poi_id: inDigits(NEW) } },
    ...refused(delPoi, 'merchant', 65116, [['a store is deleted once', { poi_id: NEW }]]),
  ]),

  ...[getWxCategory, apiGetWxCategory].flatMap((call) =>
    ['GET', 'POST'].map(
      (method): ConformanceCase => ({
        name: `the categories, by ${method}`,
        call,
        method,
        answer: { category_list: STORE_CATEGORIES },
      }),
    ),
  ),
]

export const STORES_STORY: Story = { subject: 'stores', cases: [...ADD, ...MANAGE] }
