import { shopAccess } from '@shenpi/sdk/contract/wire'
import { submitApplication } from '../../applications/submit-application.ts'
import { missingFields } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { finishAccessItem, updateServiceInfo } from '../../shop-access/change-shop-access.ts'
import { listScenes } from '../../shop-access/list-scenes.ts'
import { findShopAccess, getShopAccess } from '../../shop-access/shop-access.store.ts'
import type { ServeCall } from './serve-calls.ts'
import { toAccess, toServiceInfo } from './shop-access.presenter.ts'

export function shopAccessRoutes(serve: ServeCall, { db, review }: Services): void {
  serve(shopAccess.registerApply, async ({ account: { accountId }, reviewed }) => {
    await submitApplication(reviewed(review), { accountId, kind: 'shop_registration', payload: {} })
    return {}
  })

  serve(shopAccess.registerCheck, async ({ account: { accountId }, reviewed }) => {
    await reviewed(review).outcomes?.polled(review, accountId, { kinds: ['shop_registration', 'shop_scene'] })
    const access = await getShopAccess(db, accountId)
    return { data: toAccess(access, await listScenes(db, accountId)) }
  })

  serve(shopAccess.finishAccessInfo, async ({ account, body }) => {
    await finishAccessItem(review, account.accountId, body.access_info_item)
    return {}
  })

  serve(shopAccess.applyScene, async ({ account: { accountId }, reviewed, body }) => {
    const scene_group_id = body.scene_group_id ?? body.scene_group
    if (!scene_group_id) throw missingFields('shop.parameter_missing', ['scene_group_id'])
    await submitApplication(reviewed(review), { accountId, kind: 'shop_scene', payload: { scene_group_id } })
    return {}
  })

  serve(shopAccess.updateInfo, async ({ account, body }) => {
    await updateServiceInfo(review, account.accountId, body)
    return {}
  })

  serve(shopAccess.getInfo, async ({ account }) => {
    const { service } = await findShopAccess(db, account.accountId)
    return { data: toServiceInfo(service) }
  })
}
