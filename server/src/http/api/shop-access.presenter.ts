import type { ApiShopAccess } from '@shenpi/sdk/contract/api'
import { type ShopAccess, statusOf } from '../../shop-access/shop-access.ts'

export function toShopAccess(access: ShopAccess): ApiShopAccess {
  return { status: statusOf(access), connected_at: access.connectedAt?.toISOString() ?? null }
}
