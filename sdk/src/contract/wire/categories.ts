import { call, Nothing, refusal, wholeNumber } from '../call.ts'
import { Type } from '../schema.ts'
import { STORABLE } from '../text.ts'
import { connectedCall, shopRefusal } from './families.ts'
import { shopPictures } from './shop-audits.ts'

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

export const categories = {
  catGet: call({
    ...connectedCall,
    path: '/shop/cat/get',
    summary: 'List all categories',
    safe: true,
    request: Nothing,
    answer: Type.Object({ third_cat_list: Type.Array(Category) }),
    problems: ['shop.parameter_invalid'],
  }),

  auditCategory: call({
    ...connectedCall,
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
      shopRefusal,
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

  getCategoryList: call({
    ...connectedCall,
    path: '/shop/account/get_category_list',
    summary: 'List the categories that were granted',
    safe: true,
    request: Nothing,
    answer: Type.Object({
      data: Type.Array(
        Type.Object({
          third_cat_id: wholeNumber(),
          third_cat_name: Type.String(),
          second_cat_id: wholeNumber(),
          second_cat_name: Type.String(),
          first_cat_id: wholeNumber(),
          first_cat_name: Type.String(),
        }),
      ),
    }),
    problems: ['shop.parameter_invalid'],
  }),
}
