import { categories } from '@shenpi/sdk/contract/wire'
import { toAuditId } from '../../applications/application-id.ts'
import { applyForCategory } from '../../categories/apply-for-category.ts'
import { listCategories } from '../../categories/category.store.ts'
import type { Services } from '../../services.ts'
import { listGrantedCategories } from '../../shop-access/grant.store.ts'
import type { ServeCall } from './serve-calls.ts'

export function categoriesRoutes(serve: ServeCall, services: Services): void {
  const { db, categories: known, review } = services
  serve(categories.catGet, async () => ({ third_cat_list: await listCategories(db) }))

  serve(categories.auditCategory, async ({ account, reviewed, body }) => ({
    audit_id: toAuditId(
      await applyForCategory({ review: reviewed(review), categories: known }, account, body.audit_req),
    ),
  }))

  serve(categories.getCategoryList, async ({ account }) => ({
    data: await listGrantedCategories(db, account.accountId),
  }))
}
