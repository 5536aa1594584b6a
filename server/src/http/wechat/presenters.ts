import { AUDIT_STATUS } from '@shenpi/sdk/contract/shakearound'
import type { Application } from '../../applications/application.ts'
import type { Device } from '../../devices/search-devices.ts'

export const toUnixSeconds = (at: Date): number => Math.floor(at.getTime() / 1000)

/** The state in words, or the reason that was given. */
function commentOf({ state, reason }: Application): string {
  if (reason) return reason
  return { under_review: 'Under review', approved: 'Approved', rejected: 'Rejected' }[state]
}

/** How an application stands, in the words of Shake Nearby. `audit_time` is 0 while under review. */
export function toAudit(application: Application) {
  return {
    apply_time: toUnixSeconds(application.appliedAt),
    audit_comment: commentOf(application),
    audit_status: AUDIT_STATUS[application.state],
    audit_time: application.decidedAt ? toUnixSeconds(application.decidedAt) : 0,
  }
}

export function toApplyResult(application: Application) {
  const { audit_status, audit_comment } = toAudit(application)
  return { apply_id: application.applicationNo, audit_status, audit_comment }
}

export function toWireDevice({ deviceId, uuid, major, minor, comment, poiId }: Device) {
  return {
    comment,
    device_id: deviceId,
    uuid,
    major,
    minor,
    status: 0,
    last_active_time: 0,
    poi_id: poiId,
    page_ids: '',
  }
}
