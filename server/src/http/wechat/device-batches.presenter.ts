import type { Application } from '../../applications/application.ts'
import { toAudit } from './audit-status.presenter.ts'

export function toApplyResult(application: Application) {
  const { audit_status, audit_comment } = toAudit(application)
  return { apply_id: application.applicationNo, audit_status, audit_comment }
}
