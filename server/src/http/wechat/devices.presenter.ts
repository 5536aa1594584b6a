import type { Device } from '../../devices/device.ts'
import { toUnixSeconds } from '../../time/unix-seconds.ts'

export function toWireDevice(device: Device) {
  const { deviceId, uuid, major, minor, comment, poiId, poiAppid, pageIds, lastActiveAt } = device
  return {
    device_id: deviceId,
    uuid,
    major,
    minor,
    comment,
    poi_id: poiId,
    status: lastActiveAt ? 1 : 0,
    last_active_time: lastActiveAt ? toUnixSeconds(lastActiveAt) : 0,
    ...(poiAppid && { poi_appid: poiAppid }),
    page_ids: pageIds.join(','),
  }
}
