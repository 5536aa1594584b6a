import { brands } from '@shenpi/sdk/contract/wire'
import { toAuditId } from '../../applications/application-id.ts'
import { applyForBrand } from '../../brands/apply-for-brand.ts'
import type { Services } from '../../services.ts'
import { listGrantedBrands } from '../../shop-access/grant.store.ts'
import type { ServeCall } from './serve-calls.ts'

export function brandsRoutes(serve: ServeCall, { db, review }: Services): void {
  serve(brands.auditBrand, async ({ account, reviewed, body }) => ({
    audit_id: toAuditId(await applyForBrand(reviewed(review), account, body.audit_req)),
  }))

  serve(brands.getBrandList, async ({ account }) => ({ data: await listGrantedBrands(db, account.accountId) }))
}
