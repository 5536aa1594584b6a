import { AUDIT_STATUS } from '@shenpi/sdk/contract/wire/audit-status'
import { AVAILABLE_STATE } from '@shenpi/sdk/contract/wire/stores'
import type { Application } from '../../applications/application.ts'
import type { Device } from '../../devices/device.ts'
import type { Group } from '../../groups/group.store.ts'
import type { GroupDevice } from '../../groups/show-group.ts'
import type { Page } from '../../pages/page.ts'
import type { Relation } from '../../relations/search-relations.ts'
import type { ShakeInfo } from '../../shakes/get-shake-info.ts'
import type { CountsOfDay } from '../../statistics/shake-count.store.ts'
import type { Store } from '../../stores/store.store.ts'
import { midnightOf } from '../../time/china-time.ts'

export const toUnixSeconds = (at: Date): number => Math.floor(at.getTime() / 1000)

/** The state in words, or the reason that was given. */
function commentOf({ state, reason }: Pick<Application, 'state' | 'reason'>): string {
  if (reason) return reason
  return { under_review: 'Under review', approved: 'Approved', rejected: 'Rejected' }[state]
}

/** How an application stands, in the words of Shake Nearby. `audit_time` is 0 while under review. */
export function toAudit(application: Pick<Application, 'state' | 'reason' | 'appliedAt' | 'decidedAt'>) {
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

export function toWireDevice({ poiAppid, pageIds, lastActiveAt, ...device }: Device) {
  return {
    ...toWireGroupDevice(device),
    status: lastActiveAt ? 1 : 0,
    last_active_time: lastActiveAt ? toUnixSeconds(lastActiveAt) : 0,
    ...(poiAppid && { poi_appid: poiAppid }),
    page_ids: pageIds.join(','),
  }
}

/** A device as its group shows it: without pages and activity. */
export function toWireGroupDevice({ deviceId, uuid, major, minor, comment, poiId }: GroupDevice) {
  return { device_id: deviceId, uuid, major, minor, comment, poi_id: poiId }
}

export function toWirePage({ pageId, title, description, pageUrl, iconUrl, comment }: Page) {
  return { page_id: pageId, title, description, page_url: pageUrl, icon_url: iconUrl, comment }
}

export function toWireRelation({ deviceId, uuid, major, minor, pageId }: Relation) {
  return { device_id: deviceId, uuid, major, minor, page_id: pageId }
}

export function toWireGroup({ groupId, groupName }: Group) {
  return { group_id: groupId, group_name: groupName }
}

/** A store in the wire's words; the sandbox's first one may have been laid down with a name alone. */
export function toStoreInfo({ poiId, businessName, info, state, pendingUpdate }: Store) {
  return {
    sid: info.sid ?? '',
    poi_id: poiId,
    business_name: businessName,
    branch_name: info.branch_name ?? '',
    province: info.province ?? '',
    city: info.city ?? '',
    district: info.district ?? '',
    address: info.address ?? '',
    telephone: info.telephone ?? '',
    categories: info.categories ?? [],
    offset_type: info.offset_type ?? 1,
    longitude: info.longitude ?? 0,
    latitude: info.latitude ?? 0,
    photo_list: info.photo_list ?? [],
    special: info.special ?? '',
    open_time: info.open_time ?? '',
    recommend: info.recommend ?? '',
    introduction: info.introduction ?? '',
    avg_price: info.avg_price ?? 0,
    available_state: AVAILABLE_STATE[state],
    update_status: pendingUpdate ? 1 : 0,
  }
}

export function toWireShakeInfo({ pageId, distance, beacon, openid, poiId }: ShakeInfo) {
  return {
    page_id: pageId,
    beacon_info: { distance, ...beacon },
    openid,
    ...(poiId !== undefined && { poi_id: poiId }),
  }
}

/** `ftime` of a day, and `date` of a list: midnight in UTC+8, in Unix seconds. */
export const toWireDate = (day: number): number => toUnixSeconds(midnightOf(day))

export function toWireDay({ day, ...counters }: CountsOfDay) {
  return { ftime: toWireDate(day), ...counters }
}
