import { call, wholeNumber } from '../call.ts'
import { Type } from '../schema.ts'
import { STORABLE } from '../text.ts'
import { connectedCall, oneTo, shopRefusal } from './families.ts'
import { SHOP_PICTURES_MAX } from './shop-audits.ts'

/** `req_type`. Source: docs/protocol/shops.md, audit/get_miniapp_certificate. */
export const CERTIFICATE_TYPE = { categories: 1, brand: 2 } as const

/** Categories with a document that are kept of an account. Our choice. */
export const MINIAPP_CATEGORIES_MAX = 50

const DocumentLink = Type.String({ maxLength: 2048, trimmed: true, pattern: '^https?://[^\\s\\u0000]+$' })
const DocumentLinks = Type.Array(DocumentLink, { maxItems: SHOP_PICTURES_MAX })
const CategoryName = Type.String({ maxLength: 100, pattern: STORABLE })

/** A category of the mini program's own registration, which is none of the shop's, and its document. */
export const MiniappCategory = Type.Object({
  first_category_id: wholeNumber(),
  first_category_name: CategoryName,
  second_category_id: wholeNumber(),
  second_category_name: CategoryName,
  certificate_url: DocumentLinks,
})

/** The brand that was last shown for it. */
export const MiniappBrand = Type.Object({
  brand_wording: Type.String({ minLength: 1, maxLength: 100, pattern: STORABLE }),
  sale_authorization: DocumentLinks,
  trademark_registration_certificate: DocumentLinks,
})

export const miniappCertificates = {
  getMiniappCertificate: call({
    ...connectedCall,
    path: '/shop/audit/get_miniapp_certificate',
    summary: 'Read the documents that the mini program was registered with',
    safe: true,
    request: Type.Object({ req_type: oneTo(2) }, shopRefusal),
    answer: Type.Object({
      category_info_list: Type.Array(MiniappCategory),
      brand_info: Type.Optional(MiniappBrand),
    }),
    problems: ['shop.parameter_missing', 'shop.parameter_invalid', 'certificate.none'],
  }),
}
