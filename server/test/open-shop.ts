import { shopAccess } from '@shenpi/sdk'
import { api } from '@shenpi/sdk/contract/api'
import type { ShopStatus } from '@shenpi/sdk/contract/states'
import { decide } from './decide.ts'
import type { TestServer, WireClient } from './start-server.ts'

/** Open the shop component for an account, by an application as any other: it is the account's next one. */
export async function openShop(server: TestServer, client: WireClient): Promise<void> {
  const { json } = await client.post(shopAccess.registerApply.path, {})
  if (json.errcode !== 0) throw new Error(`the shop was not applied for: ${json.errmsg}`)
  const query = { appid: client.appid, kind: 'shop_registration', state: 'under_review' } as const
  const { items } = await server.api.call(api.listApplications, { query })
  for (const { id } of items) await decide(server, id, 'approve')
}

/** A new account with the shop component open. */
export async function newShop(server: TestServer): Promise<WireClient> {
  const client = await server.newAccount()
  await openShop(server, client)
  return client
}

export const setShopStatus = (server: TestServer, { appid }: WireClient, status: ShopStatus) =>
  server.api.call(api.setShopStatus, { params: { appid }, body: { status } })
