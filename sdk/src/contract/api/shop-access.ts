import type { Static } from '@sinclair/typebox'
import { byAppid, endpoint, Nullable, Time } from '../endpoint.ts'
import { Type } from '../schema.ts'

const ShopStatus = Type.Union([Type.Literal('connected'), Type.Literal('banned'), Type.Literal('cancelled')])

const ShopAccess = Type.Object({
  status: Type.Union([Type.Literal('none'), ...ShopStatus.anyOf], {
    description: 'none: never opened. The shop calls are served while it is connected.',
  }),
  connected_at: Nullable(Time),
})

export const shopAccessEndpoints = {
  getShopAccess: endpoint({
    method: 'GET',
    path: '/accounts/{appid}/shop-access',
    summary: 'Read how an account’s access to the shop component stands',
    params: byAppid,
    answer: ShopAccess,
    problems: ['account.unknown'],
  }),
  setShopStatus: endpoint({
    method: 'PUT',
    path: '/accounts/{appid}/shop-access',
    summary:
      'Ban an account from the shop component, let it in again, or cancel its access with its categories and brands',
    params: byAppid,
    body: Type.Object({ status: ShopStatus }),
    answer: ShopAccess,
    problems: ['account.unknown', 'shop.not_connected'],
  }),
}

export type ApiShopAccess = Static<typeof ShopAccess>
