import { AUDIT_STATUS } from '@shenpi/sdk/contract/wire/audit-status'
import type { Application } from '../../applications/application.ts'
import { toUnixSeconds } from '../../time/unix-seconds.ts'

/** How an application stands, in the words of Shake Nearby. `audit_time` is 0 while under review. */
export function toAudit(application: Pick<Application, 'state' | 'reason' | 'appliedAt' | 'decidedAt'>) {
  return {
    apply_time: toUnixSeconds(application.appliedAt),
    audit_comment: commentOf(application),
    audit_status: AUDIT_STATUS[application.state],
    audit_time: application.decidedAt ? toUnixSeconds(application.decidedAt) : 0,
  }
}

/** The state in words, or the reason that was given. */
function commentOf({ state, reason }: Pick<Application, 'state' | 'reason'>): string {
  if (reason) return reason
  return { under_review: 'Under review', approved: 'Approved', rejected: 'Rejected' }[state]
}
