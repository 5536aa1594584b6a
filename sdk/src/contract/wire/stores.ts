import type { Static } from '@sinclair/typebox'
import { call, type Leniency, Nothing, type Refusal, refusal, wholeNumber } from '../call.ts'
import { Type } from '../schema.ts'
import { STORABLE, shaped } from '../text.ts'
import { shopCall, shopRefusal } from './families.ts'

/** `available_state` of a store. Source: docs/protocol/stores.md, getpoi. */
export const AVAILABLE_STATE = { system_error: 1, under_review: 2, approved: 3, rejected: 4 } as const

const PoiId = wholeNumber(refusal('store.unknown'))

const text = (maxLength: number, options: Refusal & Leniency = shopRefusal) =>
  Type.String({ minLength: 1, maxLength, pattern: STORABLE, ...options })

const Photos = Type.Array(
  Type.Object(
    { photo_url: text(2048, { ...refusal('store.photo_invalid'), trimmed: true }) },
    refusal('store.photo_invalid'),
  ),
  {
    minItems: 1,
    maxItems: 20,
    ...refusal('store.photos_missing'),
  },
)

const telephone = Type.String({
  ...shaped('^[0-9+][0-9-]{4,31}$', 'a telephone number'),
  ...refusal('store.telephone_invalid'),
})

/** What may be changed later. */
const changeable = {
  telephone,
  photo_list: Photos,
  special: text(400),
  open_time: text(100),
  recommend: text(400),
  introduction: text(1000),
  avg_price: wholeNumber({ minimum: 1 }),
  sid: text(64),
}

const BaseInfo = Type.Object({
  business_name: text(100, refusal('store.name_invalid')),
  branch_name: Type.Optional(Type.String({ maxLength: 100 })),
  province: text(50, refusal('store.province_invalid')),
  city: text(50, refusal('store.city_invalid')),
  district: Type.Optional(Type.String({ maxLength: 50 })),
  address: text(200, refusal('store.address_invalid')),
  telephone,
  /** The levels of one category stand in one text, parted by commas. */
  categories: Type.Array(
    Type.String({
      ...shaped('^[^,]+(,[^,]+){0,3}$', 'one to four levels with commas between'),
      maxLength: 100,
      ...refusal('store.categories_invalid'),
    }),
    { minItems: 1, maxItems: 10, ...refusal('store.categories_invalid') },
  ),
  offset_type: wholeNumber({ minimum: 1, maximum: 6 }),
  longitude: Type.Number({ minimum: -180, maximum: 180 }),
  latitude: Type.Number({ minimum: -90, maximum: 90 }),
  photo_list: Photos,
  special: changeable.special,
  open_time: changeable.open_time,
  sid: Type.Optional(Type.String({ maxLength: 64 })),
  recommend: Type.Optional(Type.String({ maxLength: 400 })),
  introduction: Type.Optional(Type.String({ maxLength: 1000 })),
  avg_price: Type.Optional(changeable.avg_price),
})

const Changes = Type.Partial(Type.Object(changeable))

/** What a merchant says of a new store, and what it may say of it later. */
export type StoreInfo = Static<typeof BaseInfo>

export type StoreChanges = Static<typeof Changes>

/** A store as it is answered. A text that the merchant left out is empty. */
const Info = Type.Object({
  sid: Type.String(),
  poi_id: wholeNumber(),
  business_name: Type.String(),
  branch_name: Type.String(),
  province: Type.String(),
  city: Type.String(),
  district: Type.String(),
  address: Type.String(),
  telephone: Type.String(),
  categories: Type.Array(Type.String()),
  offset_type: wholeNumber(),
  longitude: Type.Number(),
  latitude: Type.Number(),
  photo_list: Type.Array(Type.Object({ photo_url: Type.String() })),
  special: Type.String(),
  open_time: Type.String(),
  recommend: Type.String(),
  introduction: Type.String(),
  avg_price: wholeNumber(),
  available_state: wholeNumber({ minimum: 1, maximum: 4 }),
  /** 1 while a change is under review. */
  update_status: wholeNumber({ maximum: 1 }),
})

export const stores = {
  addPoi: call({
    ...shopCall,
    path: '/cgi-bin/poi/addpoi',
    summary: 'Add a store',
    request: Type.Object({ business: Type.Object({ base_info: BaseInfo }) }, shopRefusal),
    answer: Type.Object({ poi_id: wholeNumber() }),
    problems: [
      'shop.parameter_missing',
      'shop.parameter_invalid',
      'store.categories_invalid',
      'store.photo_invalid',
      'store.photos_missing',
      'store.name_invalid',
      'store.address_invalid',
      'store.telephone_invalid',
      'store.city_invalid',
      'store.province_invalid',
    ],
  }),

  getPoi: call({
    ...shopCall,
    path: '/cgi-bin/poi/getpoi',
    summary: 'Read a store',
    safe: true,
    request: Type.Object({ poi_id: PoiId }, shopRefusal),
    answer: Type.Object({ business: Type.Object({ base_info: Info }) }),
    problems: ['shop.parameter_invalid', 'store.unknown', 'store.deleted'],
  }),

  getPoiList: call({
    ...shopCall,
    path: '/cgi-bin/poi/getpoilist',
    summary: 'List the stores',
    safe: true,
    request: Type.Object(
      { begin: Type.Optional(wholeNumber()), limit: Type.Optional(wholeNumber({ minimum: 1, maximum: 50 })) },
      shopRefusal,
    ),
    answer: Type.Object({ business_list: Type.Array(Type.Object({ base_info: Info })), total_count: wholeNumber() }),
    problems: ['shop.parameter_invalid'],
  }),

  updatePoi: call({
    ...shopCall,
    path: '/cgi-bin/poi/updatepoi',
    summary: 'Ask for a change of an approved store',
    request: Type.Object(
      {
        business: Type.Object({
          base_info: Type.Composite([Type.Object({ poi_id: PoiId }), Changes]),
        }),
      },
      shopRefusal,
    ),
    answer: Nothing,
    problems: [
      'shop.parameter_missing',
      'shop.parameter_invalid',
      'store.unknown',
      'store.deleted',
      'store.not_approved',
      'store.updating',
      'store.telephone_invalid',
      'store.photo_invalid',
      'store.photos_missing',
    ],
  }),

  delPoi: call({
    ...shopCall,
    path: '/cgi-bin/poi/delpoi',
    summary: 'Delete a store',
    request: Type.Object({ poi_id: PoiId }, shopRefusal),
    answer: Nothing,
    problems: ['shop.parameter_invalid', 'store.unknown', 'store.deleted', 'store.under_review'],
  }),

  getWxCategory: call({
    ...shopCall,
    methods: ['GET', 'POST'],
    body: 'none',
    path: '/cgi-bin/poi/getwxcategory',
    summary: 'List the categories of stores',
    safe: true,
    request: Nothing,
    answer: Type.Object({ category_list: Type.Array(Type.String()) }),
    problems: [],
  }),

  /** The same by the path that other clients call. */
  apiGetWxCategory: call({
    ...shopCall,
    methods: ['GET', 'POST'],
    body: 'none',
    path: '/cgi-bin/api_getwxcategory',
    summary: 'List the categories of stores, by its older path',
    safe: true,
    request: Nothing,
    answer: Type.Object({ category_list: Type.Array(Type.String()) }),
    problems: [],
  }),
}
