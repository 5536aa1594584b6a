import { call, type Leniency, Nothing, refusal, wholeNumber } from '../call.ts'
import { Type } from '../schema.ts'
import type { FieldForm } from '../states.ts'
import { shaped } from '../text.ts'
import { connectedCall, oneTo, shopRefusal, shopText } from './families.ts'
import { shopPictures } from './shop-audits.ts'

/** Values of `brand_audit_type`, `brand_management_type` and `commodity_origin_type`. Source: docs/protocol/shops.md, audit_brand. */
export const BRAND_AUDIT_TYPE = { domesticR: 1, domesticTM: 2, foreignR: 3, foreignTM: 4 } as const

export const BRAND_MANAGEMENT_TYPE = { own: 1, agent: 2, none: 3 } as const
export const COMMODITY_ORIGIN_TYPE = { imported: 1, domestic: 2 } as const

/** The brand of goods without one; nobody applies for it. Source: docs/protocol/shops.md, audit_brand. */
export const NO_BRAND_ID = 2_100_000_000

/** A day that months have: the 29th of February of any year. */
const DAY = '((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|[12]\\d))'

/** Empty where a typed client leaves it out. */
const time = Type.String({
  ...shaped(`^$|^\\d{4}-${DAY} ([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d$`, 'a time as 2026-12-31 23:59:59'),
  ...shopRefusal,
})

/** An empty text is none: typed clients send one where they have nothing. */
const documents = (leniency: Leniency = {}) => shopPictures({ ...leniency, emptyForAbsent: true })

/** Which of these are required follows from `brand_audit_type` and `brand_management_type`. */
const BrandInfo = Type.Object({
  brand_audit_type: oneTo(4),
  trademark_type: Type.Union([Type.String({ pattern: '^([1-9]|[1-3]\\d|4[0-5])$' }), oneTo(45)], {
    form: 'a number from 1 to 45' satisfies FieldForm,
    ...shopRefusal,
  }),
  brand_management_type: oneTo(3),
  commodity_origin_type: oneTo(2),
  brand_wording: shopText(100),
  sale_authorization: Type.Optional(documents()),
  trademark_registration_certificate: Type.Optional(documents()),
  trademark_change_certificate: Type.Optional(documents()),
  trademark_registrant: Type.Optional(shopText(200)),
  trademark_registrant_nu: shopText(64),
  trademark_authorization_period: Type.Optional(time),
  trademark_registration_application: Type.Optional(documents()),
  trademark_applicant: Type.Optional(shopText(200)),
  trademark_application_time: Type.Optional(time),
  imported_goods_form: Type.Optional(documents()),
})

export const brands = {
  auditBrand: call({
    ...connectedCall,
    path: '/shop/audit/audit_brand',
    summary: 'Apply for a brand',
    request: Type.Object(
      {
        audit_req: Type.Object({
          license: documents({ oneForList: true }),
          brand_info: BrandInfo,
          scene_group_list: Type.Optional(
            Type.Array(wholeNumber(), { maxItems: 10, ...refusal('scene.not_open_for_brand') }),
          ),
        }),
      },
      shopRefusal,
    ),
    answer: Type.Object({ audit_id: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }) }),
    problems: [
      'shop.parameter_missing',
      'shop.parameter_invalid',
      'shop.parameter_too_long',
      'brand.granted',
      'brand.under_review',
      'brand.free',
      'scene.not_open_for_brand',
      'picture.link_invalid',
      'picture.media_id_unknown',
    ],
  }),

  getBrandList: call({
    ...connectedCall,
    path: '/shop/account/get_brand_list',
    summary: 'List the brands that were granted',
    safe: true,
    request: Nothing,
    answer: Type.Object({ data: Type.Array(Type.Object({ brand_id: wholeNumber(), brand_wording: Type.String() })) }),
    problems: ['shop.parameter_invalid'],
  }),
}
