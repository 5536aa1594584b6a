import type { Application } from '../../applications/application.ts'
import { toAudit } from './audit-status.presenter.ts'

/**
 * What the merchant is answered who applies for a batch. Only the quick review decides before the answer: what a rule of a
 * sandbox has decided is told by the next query, as if staff had.
 */
export function toApplyResult(application: Application, { isQuick }: { isQuick: boolean }) {
  const isTold = application.decidedBy === 'quick_review' || (isQuick && application.state === 'approved')
  const { audit_status, audit_comment } = toAudit(isTold ? application : { ...application, ...UNTOLD })
  return { apply_id: application.applicationNo, audit_status, audit_comment }
}

const UNTOLD = { state: 'under_review', reason: '', decidedAt: null } as const
