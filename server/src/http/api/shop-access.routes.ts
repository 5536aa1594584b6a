import { api } from '@shenpi/sdk/contract/api'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { actorName } from '../../actors/actor.ts'
import type { Services } from '../../services.ts'
import { setShopStatus } from '../../shop-access/set-shop-status.ts'
import { findShopAccess } from '../../shop-access/shop-access.store.ts'
import type { ServeEndpoint } from './endpoint.ts'
import { toShopAccess } from './shop-access.presenter.ts'

export function shopAccessRoutes(serve: ServeEndpoint, services: Services): void {
  const { db } = services

  serve(api.getShopAccess, async ({ params: { appid } }) => {
    const { accountId } = await getAccountByAppid(db, appid)
    return toShopAccess(await findShopAccess(db, accountId))
  })

  serve(api.setShopStatus, async ({ actor, params: { appid }, body: { status } }) =>
    toShopAccess(await setShopStatus(services, appid, status, actorName(actor))),
  )
}
