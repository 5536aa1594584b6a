import type { categories, RequestOf } from '@shenpi/sdk'
import type { Account } from '../accounts/account.ts'
import { findLatestApplication } from '../applications/application.store.ts'
import type { Application } from '../applications/application.ts'
import { resolvePictures } from '../applications/resolve-pictures.ts'
import type { Review } from '../applications/review.ts'
import { submitApplication } from '../applications/submit-application.ts'
import { pipelined } from '../db/pipelined.ts'
import { Problem } from '../problem.ts'
import { isCategoryGranted } from '../shop-access/grant.store.ts'
import { assertScenesOpen } from '../shop-access/scenes.ts'
import { type Category, findCategory, isUpperLevel } from './category.store.ts'
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
export async function applyForCategory(review: Review, account: Account, request: Request): Promise<Application> {
  const { license } = request
  const { level1, level2, level3, certificate } = request.category_info
  if (license.length === 0) throw new Problem('shop.parameter_missing', 'license')
  const category = await findCategory(review.db, level3)
  if (!category && (await isUpperLevel(review.db, level3))) throw new Problem('category.not_third_level')
  if (category?.first_cat_id !== level1 || category.second_cat_id !== level2) throw new Problem('category.unknown')
  if (category.qualification_type === QUALIFICATION.none) throw new Problem('category.free')

  const scenes = request.scene_group_list ?? []
  const payload: CategoryQualificationPayload = { level1, level2, level3, scene_group_list: scenes }
  // The first of these checks that refuses decides the answer.
  const [, , , pictures] = await pipelined([
    refuseRepeated(review.db, account.accountId, payload),
    assertScenesOpen(review.db, account.accountId, scenes, 'scene.not_open'),
    assertQualified(category, certificate),
    resolvePictures(review, account.accountId, { license, certificate }),
  ])
  return await submitApplication(review, {
    accountId: account.accountId,
    kind: 'category_qualification',
    payload,
    pictures,
  })
}

async function assertQualified(category: Category, certificate: readonly string[]): Promise<void> {
  if (category.qualification_type === QUALIFICATION.required && certificate.length === 0) {
    throw new Problem('shop.parameter_missing', 'certificate')
  }
}

/**
 * Refuse a category that is granted or under review before any other check: that is the documented order. The submission
 * checks again under the account's lock.
 */
async function refuseRepeated(
  db: Review['db'],
  accountId: number,
  payload: CategoryQualificationPayload,
): Promise<void> {
  const { name, subject, open } = categoryQualificationKind
  const [granted, latest] = await pipelined([
    isCategoryGranted(db, accountId, payload.level3),
    findLatestApplication(db, { accountId, kind: name, subject: subject(payload) }),
  ])
  if (granted) throw new Problem('category.granted')
  if (latest?.state === 'under_review') throw new Problem(open)
}
