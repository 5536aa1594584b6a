import type { Static } from '@sinclair/typebox'
import { byAppid, endpoint, Page, paging, Time } from '../endpoint.ts'
import { Type } from '../schema.ts'

const granted = {
  application: Type.String({ description: 'Whose approval gave it.' }),
  granted_at: Time,
}

const CategoryGrant = Type.Object({
  third_cat_id: Type.Integer(),
  third_cat_name: Type.String(),
  second_cat_name: Type.String(),
  first_cat_name: Type.String(),
  ...granted,
})

const BrandGrant = Type.Object({ brand_id: Type.Integer(), brand_wording: Type.String(), ...granted })

export const grantEndpoints = {
  listCategoryGrants: endpoint({
    method: 'GET',
    path: '/accounts/{appid}/category-grants',
    access: 'account.read',
    summary: 'List the categories that an account may sell in',
    params: byAppid,
    query: Type.Object(paging),
    answer: Page(CategoryGrant),
    problems: ['account.unknown'],
  }),
  listBrandGrants: endpoint({
    method: 'GET',
    path: '/accounts/{appid}/brand-grants',
    access: 'account.read',
    summary: 'List the brands that an account may sell',
    params: byAppid,
    query: Type.Object(paging),
    answer: Page(BrandGrant),
    problems: ['account.unknown'],
  }),
}

export type ApiCategoryGrant = Static<typeof CategoryGrant>
export type ApiBrandGrant = Static<typeof BrandGrant>
