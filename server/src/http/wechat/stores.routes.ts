import { STORE_CATEGORIES } from '@shenpi/sdk/contract/store-categories'
import { stores } from '@shenpi/sdk/contract/wire'
import type { Services } from '../../services.ts'
import { addStore, updateStore } from '../../stores/apply-for-store.ts'
import { deleteStore } from '../../stores/delete-store.ts'
import { storeSubject } from '../../stores/store.kind.ts'
import { getStore, listStores } from '../../stores/store.store.ts'
import type { ServeCall } from './serve-calls.ts'
import { toStoreInfo } from './stores.presenter.ts'

/** Stores on one page when the caller does not say. Source: docs/protocol/stores.md, getpoilist. */
const LIMIT = 20

export function storesRoutes(serve: ServeCall, services: Services): void {
  const { db, clock, review } = services
  const { bindings } = services.shakes

  serve(stores.addPoi, async ({ account, reviewed, body }) => ({
    poi_id: await addStore(reviewed(review), account.accountId, body.business.base_info),
  }))

  serve(stores.getPoi, async ({ account: { accountId }, reviewed, body: { poi_id } }) => {
    await reviewed(review).outcomes?.polled(review, accountId, { kinds: ['store'], subjects: [storeSubject(poi_id)] })
    return { business: { base_info: toStoreInfo(await getStore(db, accountId, poi_id)) } }
  })

  serve(stores.getPoiList, async ({ account: { accountId }, reviewed, body: { begin = 0, limit = LIMIT } }) => {
    let page = await listStores(db, accountId, { begin, limit })
    if (review.outcomes) {
      const subjects = page.stores.map(({ poiId }) => storeSubject(poiId))
      await reviewed(review).outcomes?.polled(review, accountId, { kinds: ['store'], subjects })
      page = await listStores(db, accountId, { begin, limit })
    }
    return {
      business_list: page.stores.map((store) => ({ base_info: toStoreInfo(store) })),
      total_count: page.total,
    }
  })

  serve(stores.updatePoi, async ({ account, reviewed, body }) => {
    const { poi_id: poiId, ...changes } = body.business.base_info
    await updateStore(reviewed(review), account.accountId, poiId, changes)
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
