import { AVAILABLE_STATE } from '@shenpi/sdk/contract/wire/stores'
import type { Store } from '../../stores/store.store.ts'

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
