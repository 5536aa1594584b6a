import { SHOP_AUDIT_STATUS } from '@shenpi/sdk/contract/wire/shop-audits'
import type { Kysely } from 'kysely'
import { toAuditId } from '../applications/application-id.ts'
import type { ApplicationKind } from '../applications/application-kind.ts'
import { prepared } from '../db/prepared.ts'
import type { Schema } from '../db/schema.ts'
import { Problem } from '../problem.ts'
import { findShopAccess } from '../shop-access/shop-access.store.ts'
import { assertOpen } from '../shop-access/shop-access.ts'

export interface CategoryQualificationPayload {
  level1: number
  level2: number
  level3: number
  scene_group_list: number[]
}

/** `audit_type` of a category's event. Source: docs/protocol/shops.md, open_product_category_audit. */
const CATEGORY_AUDIT_TYPE = 2

export const categoryQualificationKind: ApplicationKind<CategoryQualificationPayload> = {
  name: 'category_qualification',
  subject: ({ level3 }) => `category:${level3}`,
  open: 'category.under_review',
  async admit(trx, { accountId, payload }, latest) {
    // A granted category is not applied for again, so its application is the latest.
    if (latest?.state === 'approved' && (await isGranted(trx, accountId, payload.level3)))
      throw new Problem('category.granted')
  },
  screen: () => 'review',
  async approve(trx, { accountId, applicationNo, payload, decidedAt, appliedAt }) {
    assertOpen(await findShopAccess(trx, accountId))
    const { level3 } = payload as CategoryQualificationPayload
    await trx
      .insertInto('category_grant')
      .values({
        account_id: accountId,
        third_cat_id: level3,
        application_no: applicationNo,
        granted_at: (decidedAt ?? appliedAt).getTime(),
      })
      .execute()
  },
  announce: (application) => ({
    name: 'open_product_category_audit',
    fields: {
      QualificationAuditResult: {
        audit_id: toAuditId(application),
        status: SHOP_AUDIT_STATUS[application.state],
        audit_type: CATEGORY_AUDIT_TYPE,
        reject_reason: application.state === 'rejected' ? application.reason : '',
      },
    },
  }),
  summarize: ({ level1, level2, level3 }) => `category ${level1}/${level2}/${level3}`,
}

const selectGrant = prepared((db, { accountId, thirdCatId }: { accountId: number; thirdCatId: number }) =>
  db
    .selectFrom('category_grant')
    .select('third_cat_id')
    .where('account_id', '=', accountId)
    .where('third_cat_id', '=', thirdCatId),
)

/** Whether the account has the category already. */
export async function isGranted(db: Kysely<Schema>, accountId: number, thirdCatId: number): Promise<boolean> {
  const [grant] = await selectGrant(db, { accountId, thirdCatId })
  return grant !== undefined
}
