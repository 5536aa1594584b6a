import { SHOP_AUDIT_STATUS } from '@shenpi/sdk/contract/wire/shop-audits'
import type { DecidedApplication } from '../applications/application.ts'
import { toAuditId } from '../applications/application-id.ts'
import type { AnnouncedEvent } from '../applications/application-kind.ts'

/** `audit_type` of a brand's event. Source: docs/protocol/shops.md, open_product_brand_audit. */
const BRAND_AUDIT_TYPE = 1

/** The event that tells of a decision on a brand. */
export function toBrandAudit(application: DecidedApplication<{ brand_id: number }>): AnnouncedEvent {
  return {
    name: 'open_product_brand_audit',
    fields: {
      QualificationAuditResult: {
        audit_id: toAuditId(application),
        status: SHOP_AUDIT_STATUS[application.state],
        audit_type: BRAND_AUDIT_TYPE,
        reject_reason: application.state === 'rejected' ? application.reason : '',
        brand_id: application.payload.brand_id,
      },
    },
  }
}
