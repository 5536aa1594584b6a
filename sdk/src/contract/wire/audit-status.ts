import { wholeNumber } from '../call.ts'
import { Type } from '../schema.ts'

/** Review states of Shake Nearby. Source: docs/protocol/shakearound.md, audit_status. */
export const AUDIT_STATUS = { rejected: 0, under_review: 1, approved: 2 } as const

export const AuditStatus = Type.Integer({ minimum: 0, maximum: 2 })

/** How an application stands. Times are Unix seconds; `audit_time` is 0 while under review. */
export const Audit = Type.Object({
  apply_time: wholeNumber(),
  audit_comment: Type.String(),
  audit_status: AuditStatus,
  audit_time: wholeNumber(),
})
