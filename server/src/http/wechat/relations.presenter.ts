import type { Relation } from '../../relations/search-relations.ts'

export function toWireRelation({ deviceId, uuid, major, minor, pageId }: Relation) {
  return { device_id: deviceId, uuid, major, minor, page_id: pageId }
}
