import { Type } from '@shenpi/sdk/contract/schema'
import type { Static } from '@sinclair/typebox'
import { defineKind } from '../applications/application-kind.ts'
import { Problem } from '../problem.ts'
import { insertCategoryGrant, isCategoryGranted } from '../shop-access/grant.store.ts'
import { nameScenes } from '../shop-access/scene-names.ts'
import { findShopAccess } from '../shop-access/shop-access.store.ts'
import { assertOpen } from '../shop-access/shop-access.ts'
import { findCategoryName } from './category.store.ts'
import { toCategoryAudit } from './category-audit.presenter.ts'

const CategoryQualificationPayload = Type.Object({
  level1: Type.Integer(),
  level2: Type.Integer(),
  level3: Type.Integer(),
  scene_group_list: Type.Array(Type.Integer()),
})
export type CategoryQualificationPayload = Static<typeof CategoryQualificationPayload>

/** A category that the account may sell in. */
export const categoryQualificationKind = defineKind({
  name: 'category_qualification',
  payload: CategoryQualificationPayload,
  subject: ({ level3 }) => `category:${level3}`,
  open: 'category.under_review',
  async admit({ trx, accountId }, { payload }, latest) {
    // A granted category is not applied for again, so its application is the latest.
    if (latest?.state === 'approved' && (await isCategoryGranted(trx, accountId, payload.level3)))
      throw new Problem('category.granted')
  },
  screen: () => 'review',
  approvalReads: [findShopAccess],
  async approve(account, { applicationNo, payload, decidedAt }) {
    assertOpen(await account.ask(findShopAccess))
    const { trx, accountId } = account
    await insertCategoryGrant(trx, { accountId, applicationNo, at: decidedAt, thirdCatId: payload.level3 })
  },
  announce: toCategoryAudit,
  summarize: ({ level1, level2, level3 }, language, called = `${level1}/${level2}/${level3}`) =>
    language === 'zh' ? `类目 ${called}` : `category ${called}`,
  nameSubject: ({ level3 }, db) => findCategoryName(db, level3),
  async nameIds({ level3, scene_group_list }, db, language): Promise<Record<string, string>> {
    const category = await findCategoryName(db, level3)
    return {
      ...(category && { category }),
      ...(scene_group_list.length > 0 && { scene_group_list: nameScenes(scene_group_list, language) }),
    }
  },
})
