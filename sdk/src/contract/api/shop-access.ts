import type { Static } from '@sinclair/typebox'
import { byAppid, endpoint, Nullable, Time } from '../endpoint.ts'
import { Type } from '../schema.ts'
import { categories } from '../wire/categories.ts'
import { MINIAPP_CATEGORIES_MAX, MiniappBrand, MiniappCategory } from '../wire/miniapp-certificates.ts'

const ShopStatus = Type.Union([Type.Literal('connected'), Type.Literal('banned'), Type.Literal('cancelled')])

const ShopAccess = Type.Object({
  status: Type.Union([Type.Literal('none'), ...ShopStatus.anyOf], {
    description: 'none: never opened. The shop calls are served while it is connected.',
  }),
  connected_at: Nullable(Time),
})

const MiniappCertificatesInput = Type.Object({
  category_info_list: Type.Array(MiniappCategory, { maxItems: MINIAPP_CATEGORIES_MAX }),
  brand_info: Type.Optional(MiniappBrand),
})

const MiniappCertificates = Type.Object({
  category_info_list: MiniappCertificatesInput.properties.category_info_list,
  brand_info: Nullable(MiniappBrand),
})

export const shopEndpoints = {
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
  getMiniappCertificates: endpoint({
    method: 'GET',
    path: '/accounts/{appid}/miniapp-certificates',
    summary: 'Read the documents that an account’s mini program was registered with',
    params: byAppid,
    answer: MiniappCertificates,
    problems: ['account.unknown'],
  }),
  setMiniappCertificates: endpoint({
    method: 'PUT',
    path: '/accounts/{appid}/miniapp-certificates',
    summary: 'Record those documents, in place of all that were recorded before',
    params: byAppid,
    body: MiniappCertificatesInput,
    answer: MiniappCertificates,
    problems: ['account.unknown'],
  }),
  importCategories: endpoint({
    method: 'PUT',
    path: '/categories',
    summary: 'Add shop categories and renew those that are there',
    body: Type.Object({
      third_cat_list: Type.Array(categories.catGet.answer.properties.third_cat_list.items, { maxItems: 10_000 }),
    }),
    answer: Type.Object({ imported: Type.Integer() }),
  }),
}

export type ApiMiniappCertificates = Static<typeof MiniappCertificates>
export type ApiShopAccess = Static<typeof ShopAccess>
