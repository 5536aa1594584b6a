import type { Static } from '@sinclair/typebox'
import { byAppid, endpoint, Nullable } from '../endpoint.ts'
import { Type } from '../schema.ts'
import { MINIAPP_CATEGORIES_MAX, MiniappBrand, MiniappCategory } from '../wire/miniapp-certificates.ts'

const MiniappCertificatesInput = Type.Object({
  category_info_list: Type.Array(MiniappCategory, { maxItems: MINIAPP_CATEGORIES_MAX }),
  brand_info: Type.Optional(MiniappBrand),
})

const MiniappCertificates = Type.Object({
  category_info_list: MiniappCertificatesInput.properties.category_info_list,
  brand_info: Nullable(MiniappBrand),
})

export const miniappCertificateEndpoints = {
  getMiniappCertificates: endpoint({
    method: 'GET',
    path: '/accounts/{appid}/miniapp-certificates',
    access: 'account.read',
    summary: 'Read the documents that an account’s mini program was registered with',
    params: byAppid,
    answer: MiniappCertificates,
    problems: ['account.unknown'],
  }),
  setMiniappCertificates: endpoint({
    method: 'PUT',
    path: '/accounts/{appid}/miniapp-certificates',
    access: 'account.change',
    summary: 'Record those documents, in place of all that were recorded before',
    params: byAppid,
    body: MiniappCertificatesInput,
    answer: MiniappCertificates,
    problems: ['account.unknown'],
  }),
}

export type ApiMiniappCertificates = Static<typeof MiniappCertificates>
