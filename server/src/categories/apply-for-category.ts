import type { categories, RequestOf } from '@shenpi/sdk'
import type { Account } from '../accounts/account.ts'
import { findLatestApplication } from '../applications/application.store.ts'
import type { Application } from '../applications/application.ts'
import type { PictureReference } from '../applications/application-kind.ts'
import { resolvePictures } from '../applications/resolve-pictures.ts'
import type { Review } from '../applications/review.ts'
import { submitApplication } from '../applications/submit-application.ts'
import { missingFields, Problem } from '../problem.ts'
import { isCategoryGranted } from '../shop-access/grant.store.ts'
import { assertScenesOpen } from '../shop-access/scenes.ts'
import { type CategoryRule, isUpperLevel } from './category.store.ts'
import type { CategoryCache } from './category-cache.ts'
import { type CategoryQualificationPayload, categoryQualificationKind } from './category-qualification.kind.ts'

type Request = RequestOf<typeof categories.auditCategory>['audit_req']

/** `qualification_type` of a category that needs a document. Source: docs/protocol/shops.md, cat/get. */
const QUALIFICATION = { none: 0, required: 1 } as const

/**
 * Apply for a shop category.
 * Source: docs/protocol/shops.md, audit/audit_category.
 *
 * @throws Problem `category.unknown`, `category.not_third_level`, `category.free`, `category.granted`,
 *   `category.under_review`, `scene.not_open`, `shop.parameter_missing`, `picture.link_invalid`, `picture.media_id_unknown`
 */
export async function applyForCategory(
  { review, categories }: { review: Review; categories: CategoryCache },
  account: Account,
  request: Request,
): Promise<Application> {
  const { license } = request
  const { level1, level2, level3 } = request.category_info
  if (license.length === 0) throw missingFields('shop.parameter_missing', ['audit_req.license'])
  const category = await categories.find(level3)
  if (!category && (await isUpperLevel(review.db, level3))) throw new Problem('category.not_third_level')
  if (category?.first_cat_id !== level1 || category.second_cat_id !== level2) throw new Problem('category.unknown')
  if (category.qualification_type === QUALIFICATION.none) throw new Problem('category.free')

  const scenes = request.scene_group_list ?? []
  const payload: CategoryQualificationPayload = { level1, level2, level3, scene_group_list: scenes }
  const { accountId } = account
  const pictures = await qualify(review, account, category, request).catch(async (refusal) => {
    await refuseRepeated(review.db, accountId, payload)
    throw refusal
  })
  return await submitApplication(review, { accountId, kind: 'category_qualification', payload, pictures })
}

/** The pictures of an application for the category, if it may be applied for with them. */
async function qualify(
  review: Review,
  account: Account,
  category: CategoryRule,
  { license, scene_group_list: scenes = [], category_info: { certificate } }: Request,
): Promise<PictureReference[]> {
  await assertScenesOpen(review.db, account, scenes, 'scene.not_open')
  if (category.qualification_type === QUALIFICATION.required && certificate.length === 0) {
    throw missingFields('shop.parameter_missing', ['audit_req.category_info.certificate'])
  }
  return await resolvePictures(review, account.accountId, { license, certificate })
}

/**
 * Refuse a category that is granted or under review before what {@link qualify} refuses: that is the documented order. Where
 * nothing is refused the submission asks the same under the account's lock.
 */
async function refuseRepeated(
  db: Review['db'],
  accountId: number,
  payload: CategoryQualificationPayload,
): Promise<void> {
  const { name, subject, open } = categoryQualificationKind
  if (await isCategoryGranted(db, accountId, payload.level3)) throw new Problem('category.granted')
  const latest = await findLatestApplication(db, { accountId, kind: name, subject: subject(payload) })
  if (latest?.state === 'under_review') throw new Problem(open)
}
