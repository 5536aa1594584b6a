import { STORE_CATEGORIES } from '@shenpi/sdk/contract/store-categories'
import { stores } from '@shenpi/sdk/contract/wire'
import type { Services } from '../../services.ts'
import { addStore, updateStore } from '../../stores/apply-for-store.ts'
import { deleteStore } from '../../stores/delete-store.ts'
import { getStore, listStores } from '../../stores/store.store.ts'
import type { ServeCall } from './serve-calls.ts'
import { toStoreInfo } from './stores.presenter.ts'

/** Stores on one page when the caller does not say. Source: docs/protocol/stores.md, getpoilist. */
const LIMIT = 20

export function storesRoutes(serve: ServeCall, services: Services): void {
  const { db, clock, review } = services
  const { bindings } = services.shakes

  serve(stores.addPoi, async ({ account, body }) => ({
    poi_id: await addStore(review, account.accountId, body.business.base_info),
  }))

  serve(stores.getPoi, async ({ account, body }) => ({
    business: { base_info: toStoreInfo(await getStore(db, account.accountId, body.poi_id)) },
  }))

  serve(stores.getPoiList, async ({ account, body: { begin = 0, limit = LIMIT } }) => {
    const page = await listStores(db, account.accountId, { begin, limit })
    return {
      business_list: page.stores.map((store) => ({ base_info: toStoreInfo(store) })),
      total_count: page.total,
    }
  })

  serve(stores.updatePoi, async ({ account, body }) => {
    const { poi_id: poiId, ...changes } = body.business.base_info
    await updateStore(review, account.accountId, poiId, changes)
    return {}
  })

  serve(stores.delPoi, async ({ account, body }) => {
    await deleteStore({ db, clock, bindings }, account.accountId, body.poi_id)
    return {}
  })

  for (const call of [stores.getWxCategory, stores.apiGetWxCategory]) {
    serve(call, async () => ({ category_list: [...STORE_CATEGORIES] }))
  }
}
