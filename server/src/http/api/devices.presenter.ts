import type { ApiDevice } from '@shenpi/sdk/contract/api'
import { toApplicationId } from '../../applications/application-id.ts'
import type { ListedDevice } from '../../devices/list-devices.ts'

export function toDevice(device: ListedDevice, accountId: number): ApiDevice {
  const { deviceId, applicationNo, uuid, major, minor, comment, poiId, poiAppid, pageIds, lastActiveAt } = device
  return {
    device_id: deviceId,
    application: toApplicationId({ accountId, applicationNo }),
    uuid,
    major,
    minor,
    comment,
    poi_id: poiId || null,
    poi_appid: poiAppid,
    page_ids: [...pageIds],
    last_active_at: lastActiveAt?.toISOString() ?? null,
  }
}
