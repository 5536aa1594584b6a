import type { ShakeInfo } from '../../shakes/get-shake-info.ts'

export function toWireShakeInfo({ pageId, distance, beacon, openid, poiId }: ShakeInfo) {
  return {
    page_id: pageId,
    beacon_info: { distance, ...beacon },
    openid,
    ...(poiId !== undefined && { poi_id: poiId }),
  }
}
