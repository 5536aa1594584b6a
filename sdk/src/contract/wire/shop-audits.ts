import { call, type Leniency, refusal, wholeNumber } from '../call.ts'
import { Type } from '../schema.ts'
import { STORABLE } from '../text.ts'
import { connectedCall, shopRefusal } from './families.ts'

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

export const shopAudits = {
  auditResult: call({
    ...connectedCall,
    path: '/shop/audit/result',
    summary: 'Read how an application for a category or a brand stands',
    safe: true,
    request: Type.Object(
      { audit_id: Type.String({ maxLength: 64, ...refusal('audit.unknown', 'shop.parameter_missing') }) },
      shopRefusal,
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
