import type { ApiBrandGrant, ApiCategoryGrant } from '@shenpi/sdk/contract/api'
import type { ShopStatus } from '@shenpi/sdk/contract/states'
import { queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'
import { pagesOf } from './pages-of.ts'

export const shopAccessQuery = (appid: string) =>
  queryOptions({
    queryKey: ['shop-access', appid],
    queryFn: ({ signal }) => client.getShopAccess({ params: { appid } }, { signal }),
  })

export async function setShopStatus(appid: string, status: ShopStatus): Promise<void> {
  queryClient.setQueryData(
    shopAccessQuery(appid).queryKey,
    await client.setShopStatus({ params: { appid }, body: { status } }),
  )
  // The end of the access takes them away.
  await queryClient.invalidateQueries({ queryKey: ['grants', appid] })
}

/** The last application to open Shake Nearby: how it stands says whether it is open. */
export const activationQuery = (appid: string) =>
  queryOptions({
    queryKey: ['activation', appid],
    queryFn: ({ signal }) =>
      client.listApplications({ query: { appid, kind: 'account_activation', limit: 1 } }, { signal }),
    select: ({ items }) => items.at(0),
  })

export const categoryGrantsQuery = (appid: string) =>
  pagesOf<ApiCategoryGrant>(['grants', appid, 'categories'], (query, options) =>
    client.listCategoryGrants({ params: { appid }, query }, options),
  )

export const brandGrantsQuery = (appid: string) =>
  pagesOf<ApiBrandGrant>(['grants', appid, 'brands'], (query, options) =>
    client.listBrandGrants({ params: { appid }, query }, options),
  )
