import { SHOP_AUDIT_STATUS } from '@shenpi/sdk/contract/wire/shop-audits'
import type { AuditResult } from '../../shop-audits/read-audit-result.ts'

/** How an application for a category or a brand stands, as audit/result tells it. */
export const toAuditResult = ({ state, brandId, reason }: AuditResult) => ({
  status: SHOP_AUDIT_STATUS[state],
  brand_id: brandId,
  reject_reason: reason,
})
