import { BRAND_MANAGEMENT_TYPE, type brands, type RequestOf } from '@shenpi/sdk/contract/wire'
import type { Account } from '../accounts/account.ts'
import type { Application } from '../applications/application.ts'
import { resolvePictures } from '../applications/resolve-pictures.ts'
import type { Review } from '../applications/review.ts'
import { submitApplication } from '../applications/submit-application.ts'
import { missingFields, Problem } from '../problem.ts'
import { assertScenesOpen } from '../shop-access/scenes.ts'
import { missingBrandFields } from './brand.ts'
import type { BrandQualificationPayload } from './brand-qualification.kind.ts'

type Request = RequestOf<typeof brands.auditBrand>['audit_req']

/**
 * Apply for a brand.
 * Source: docs/protocol/shops.md, audit/audit_brand.
 *
 * @throws Problem `brand.free` for goods without a brand, `shop.parameter_missing`, `scene.not_open_for_brand`,
 *   `picture.link_invalid`, `picture.media_id_unknown`
 */
export async function applyForBrand(review: Review, account: Account, request: Request): Promise<Application> {
  const { accountId } = account
  const { license, brand_info: brand, scene_group_list: scenes = [] } = request
  if (brand.brand_management_type === BRAND_MANAGEMENT_TYPE.none) throw new Problem('brand.free')
  const missing = missingBrandFields({ ...brand, license })
  if (missing.length > 0) {
    const paths = missing.map((name) => `audit_req.${name === 'license' ? name : `brand_info.${name}`}`)
    throw missingFields('shop.parameter_missing', paths)
  }
  await assertScenesOpen(review.db, account, scenes, 'scene.not_open_for_brand')

  const {
    sale_authorization = [],
    trademark_registration_certificate = [],
    trademark_change_certificate = [],
    trademark_registration_application = [],
    imported_goods_form = [],
    ...info
  } = brand
  const pictures = await resolvePictures(review, accountId, {
    license,
    sale_authorization,
    trademark_registration_certificate,
    trademark_change_certificate,
    trademark_registration_application,
    imported_goods_form,
  })
  const payload: BrandQualificationPayload = { brand_id: 0, scene_group_list: scenes, ...info }
  return await submitApplication(review, { accountId, kind: 'brand_qualification', payload, pictures })
}
