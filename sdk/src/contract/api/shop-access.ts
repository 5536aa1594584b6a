import type { Static } from '@sinclair/typebox'
import { byAppid, endpoint, Nullable, Time } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { SHOP_ACCESS_STATUSES, SHOP_STATUSES } from '../states.ts'

const ShopAccess = Type.Object({
  status: OneOf(SHOP_ACCESS_STATUSES, {
    description: 'none: never opened. The shop calls are served while it is connected.',
  }),
  connected_at: Nullable(Time),
})

export const shopAccessEndpoints = {
  getShopAccess: endpoint({
    method: 'GET',
    path: '/accounts/{appid}/shop-access',
    access: 'account.read',
    summary: 'Read how an account’s access to the shop component stands',
    params: byAppid,
    answer: ShopAccess,
    problems: ['account.unknown'],
  }),
  setShopStatus: endpoint({
    method: 'PUT',
    path: '/accounts/{appid}/shop-access',
    access: 'account.change',
    summary:
      'Ban an account from the shop component, let it in again, or cancel its access with its categories and brands',
    params: byAppid,
    body: Type.Object({ status: OneOf(SHOP_STATUSES) }),
    answer: ShopAccess,
    problems: ['account.unknown', 'shop.not_connected'],
  }),
}

export type ApiShopAccess = Static<typeof ShopAccess>
