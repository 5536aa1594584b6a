import { SHOP_AUDIT_STATUS, shopAudits } from '@shenpi/sdk'
import type { Services } from '../../services.ts'
import { readAuditResult } from '../../shop-audits/read-audit-result.ts'
import type { ServeCall } from './serve-calls.ts'

export function shopAuditsRoutes(serve: ServeCall, { db }: Services): void {
  serve(shopAudits.auditResult, async ({ account: { accountId }, body }) => {
    const { state, brandId, reason } = await readAuditResult(db, accountId, body.audit_id)
    return { data: { status: SHOP_AUDIT_STATUS[state], brand_id: brandId, reject_reason: reason } }
  })
}
