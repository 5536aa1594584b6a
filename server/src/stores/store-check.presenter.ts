import type { DecidedApplication } from '../applications/application.ts'
import type { AnnouncedEvent } from '../applications/application-kind.ts'

/** The event that tells of a decision on a store, or on a change of one. Source: docs/protocol/stores.md, poi_check_notify. */
export function toStoreCheck(application: DecidedApplication<{ poi_id: number; sid: string }>): AnnouncedEvent {
  const { state, reason, payload } = application
  const Result = state === 'approved' ? 'succ' : 'fail'
  // Receivers in use read the one spelling or the other, and none minds both.
  const fields = { UniqId: payload.sid, PoiId: String(payload.poi_id), Result, Msg: reason, msg: reason }
  return { name: 'poi_check_notify', fields }
}
