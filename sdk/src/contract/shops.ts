import { call, type Leniency, Nothing, refusal, wholeNumber } from './call.ts'
import { Type } from './schema.ts'
import { STORABLE } from './text.ts'

/** Review states of the shop calls. Source: docs/protocol/shops.md, audit/result. */
export const SHOP_AUDIT_STATUS = { under_review: 0, approved: 1, rejected: 9 } as const

/** Most pictures in one list of an application. Source: docs/protocol/shops.md, audit_category, field `certificate`. */
export const SHOP_PICTURES_MAX = 10

/** A link, or a media_id of the upload call. */
const Picture = Type.String({
  pattern: STORABLE,
  minLength: 1,
  maxLength: 2048,
  trimmed: true,
  ...refusal('picture.link_invalid'),
})
/** A list of pictures: links, or media_ids. */
export const shopPictures = (leniency: Leniency = {}) =>
  Type.Array(Picture, {
    ...leniency,
    maxItems: SHOP_PICTURES_MAX,
    ...refusal('picture.link_invalid', 'shop.parameter_missing', 'shop.parameter_too_long'),
  })
/** The highest number of a category: ten digits. Source: docs/protocol/shops.md, audit_category, field `level1`. */
const CATEGORY_ID_MAX = 9_999_999_999

const Level = wholeNumber({
  maximum: CATEGORY_ID_MAX,
  ...refusal('shop.parameter_too_long', 'shop.parameter_missing'),
})
const CategoryId = wholeNumber({ maximum: CATEGORY_ID_MAX })

const Category = Type.Object({
  third_cat_id: CategoryId,
  third_cat_name: Type.String({ pattern: STORABLE }),
  second_cat_id: CategoryId,
  second_cat_name: Type.String({ pattern: STORABLE }),
  first_cat_id: CategoryId,
  first_cat_name: Type.String({ pattern: STORABLE }),
  qualification: Type.String({ pattern: STORABLE }),
  /** 0 not needed, 1 required, 2 optional. */
  qualification_type: Type.Integer({ minimum: 0, maximum: 2 }),
  product_qualification: Type.String({ pattern: STORABLE }),
  product_qualification_type: Type.Integer({ minimum: 0, maximum: 2 }),
  scene_group_list: Type.Array(wholeNumber()),
})

const post = { methods: ['POST'], family: 'shop', authorized: true, connected: true, body: 'json' } as const

export const shops = {
  imgUpload: call({
    ...post,
    path: '/shop/img/upload',
    summary: 'Upload a picture, or exchange the link of one',
    body: 'upload',
    upload: { part: 'media', arguments: 'form' },
    request: Type.Object(
      {
        /** 0 media_id, 1 link, 2 payment media id. */
        resp_type: Type.Optional(wholeNumber({ maximum: 2 })),
        /** 0 the file is in the request, 1 it is fetched from `img_url`. */
        upload_type: Type.Optional(wholeNumber({ maximum: 1 })),
        img_url: Type.Optional(
          Type.String({ minLength: 1, maxLength: 2048, trimmed: true, ...refusal('picture.link_invalid') }),
        ),
      },
      refusal('shop.parameter_invalid', 'shop.parameter_missing'),
    ),
    answer: Type.Object({
      img_info: Type.Object({ media_id: Type.String(), temp_img_url: Type.String(), pay_media_id: Type.String() }),
    }),
    problems: [
      'shop.parameter_invalid',
      'shop.parameter_missing',
      'picture.missing',
      'picture.link_invalid',
      'picture.type_invalid',
      'picture.unfetchable',
      'picture.unreadable',
      'upload.too_large',
    ],
  }),

  catGet: call({
    ...post,
    path: '/shop/cat/get',
    summary: 'List all categories',
    safe: true,
    request: Nothing,
    answer: Type.Object({ third_cat_list: Type.Array(Category) }),
    problems: ['shop.parameter_invalid'],
  }),

  auditCategory: call({
    ...post,
    path: '/shop/audit/audit_category',
    summary: 'Apply for a category',
    request: Type.Object(
      {
        audit_req: Type.Object(
          {
            /** At least one. A text is a list of one: the form of 2021. */
            license: shopPictures({ oneForList: true }),
            category_info: Type.Object(
              { level1: Level, level2: Level, level3: Level, certificate: shopPictures() },
              refusal('shop.parameter_missing'),
            ),
            scene_group_list: Type.Optional(Type.Array(wholeNumber(), { maxItems: 10, ...refusal('scene.not_open') })),
          },
          refusal('shop.parameter_missing'),
        ),
      },
      refusal('shop.parameter_invalid', 'shop.parameter_missing'),
    ),
    answer: Type.Object({ audit_id: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }) }),
    problems: [
      'shop.parameter_missing',
      'shop.parameter_invalid',
      'shop.parameter_too_long',
      'category.unknown',
      'category.not_third_level',
      'category.granted',
      'category.under_review',
      'category.free',
      'scene.not_open',
      'picture.link_invalid',
      'picture.media_id_unknown',
    ],
  }),

  auditResult: call({
    ...post,
    path: '/shop/audit/result',
    summary: 'Read how an application for a category or a brand stands',
    safe: true,
    request: Type.Object(
      { audit_id: Type.String({ maxLength: 64, ...refusal('audit.unknown', 'shop.parameter_missing') }) },
      refusal('shop.parameter_invalid', 'shop.parameter_missing'),
    ),
    answer: Type.Object({
      data: Type.Object({
        status: Type.Union([Type.Literal(0), Type.Literal(1), Type.Literal(9)]),
        /** 0 for a category. */
        brand_id: wholeNumber(),
        reject_reason: Type.String(),
      }),
    }),
    problems: ['shop.parameter_missing', 'shop.parameter_invalid', 'audit.unknown'],
  }),
}
