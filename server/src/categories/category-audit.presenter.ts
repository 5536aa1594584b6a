import { SHOP_AUDIT_STATUS } from '@shenpi/sdk/contract/wire/shop-audits'
import type { DecidedApplication } from '../applications/application.ts'
import { toAuditId } from '../applications/application-id.ts'
import type { AnnouncedEvent } from '../applications/application-kind.ts'

/** `audit_type` of a category's event. Source: docs/protocol/shops.md, open_product_category_audit. */
const CATEGORY_AUDIT_TYPE = 2

/** The event that tells of a decision on a category. */
export function toCategoryAudit(application: DecidedApplication): AnnouncedEvent {
  return {
    name: 'open_product_category_audit',
    fields: {
      QualificationAuditResult: {
        audit_id: toAuditId(application),
        status: SHOP_AUDIT_STATUS[application.state],
        audit_type: CATEGORY_AUDIT_TYPE,
        reject_reason: application.state === 'rejected' ? application.reason : '',
      },
    },
  }
}
