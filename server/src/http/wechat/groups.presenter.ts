import type { Group } from '../../groups/group.store.ts'
import type { GroupDevice } from '../../groups/show-group.ts'

export function toWireGroup({ groupId, groupName }: Group) {
  return { group_id: groupId, group_name: groupName }
}

/** A device as its group shows it: without pages and activity. */
export function toWireGroupDevice({ deviceId, uuid, major, minor, comment, poiId }: GroupDevice) {
  return { device_id: deviceId, uuid, major, minor, comment, poi_id: poiId }
}
