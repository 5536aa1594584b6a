import { Type } from '@shenpi/sdk/contract/schema'
import { stores } from '@shenpi/sdk/contract/wire'
import type { Static } from '@sinclair/typebox'
import type { AccountCache } from '../accounts/account-cache.ts'
import { defineKind } from '../applications/application-kind.ts'
import { Problem } from '../problem.ts'
import { getStore, insertStore, type Store, saveStore } from './store.store.ts'
import { toStoreCheck } from './store-check.presenter.ts'

const StoreInfo = stores.addPoi.request.properties.business.properties.base_info
/** What may be changed later. */
const StoreChanges = Type.Partial(
  Type.Pick(StoreInfo, [
    'telephone',
    'photo_list',
    'special',
    'open_time',
    'recommend',
    'introduction',
    'avg_price',
    'sid',
  ]),
)

const about = {
  /** 0 before a new store has its number. */
  poi_id: Type.Integer(),
  /** The merchant's own id, which its callback names. */
  sid: Type.String(),
}

const StorePayload = Type.Union([
  Type.Object({ ...about, change: Type.Literal('new'), base_info: StoreInfo }),
  Type.Object({ ...about, change: Type.Literal('update'), base_info: StoreChanges }),
])
export type StorePayload = Static<typeof StorePayload>

/** The first store that an account adds is one above. Far from the sample's 1234, and as long as real ones. Our choice. */
const POI_ID_BASE = 100_000_000

export const storeSubject = (poiId: number): string => `store:${poiId}`

/** @throws Problem `store.not_approved`, `store.updating` */
export function assertChangeable({ state, pendingUpdate }: Store): void {
  if (state !== 'approved') throw new Problem('store.not_approved')
  if (pendingUpdate) throw new Problem('store.updating')
}

/**
 * A new store, or a change of an approved one. Its owner may bind a new one at once, others once it is approved.
 *
 * @param bindings what devices are bound to, as a server keeps it in mind
 */
export const storeKind = (bindings: AccountCache) =>
  defineKind({
    name: 'store',
    payload: StorePayload,
    number: async (payload, account) =>
      payload.poi_id ? payload : { ...payload, poi_id: POI_ID_BASE + (await account.number('store')) },
    subject: ({ poi_id }) => storeSubject(poi_id),
    open: 'store.updating',
    async admit({ trx, accountId }, { payload }) {
      if (payload.change === 'update') assertChangeable(await getStore(trx, accountId, payload.poi_id))
    },
    screen: () => 'review',
    async submit({ trx, accountId }, { payload, state, appliedAt }) {
      const { poi_id: poiId } = payload
      if (payload.change === 'update') {
        await saveStore(trx, accountId, poiId, { pendingUpdate: payload.base_info })
        return
      }
      const { base_info: info } = payload
      await insertStore(trx, accountId, { poiId, businessName: info.business_name, info, state }, appliedAt)
    },
    async approve({ trx, accountId }, { payload }) {
      const { poi_id: poiId } = payload
      if (payload.change === 'new') {
        await saveStore(trx, accountId, poiId, { state: 'approved' })
        return
      }
      const { info } = await getStore(trx, accountId, poiId)
      await saveStore(trx, accountId, poiId, { info: { ...info, ...payload.base_info }, pendingUpdate: null })
    },
    async reject({ trx, accountId }, { payload: { poi_id, change }, reason }) {
      const changes = change === 'new' ? { state: 'rejected' as const, reason } : { pendingUpdate: null }
      await saveStore(trx, accountId, poi_id, changes)
    },
    committed: ({ accountId }) => bindings.forget(accountId),
    announce: toStoreCheck,
    summarize: (payload, language) => {
      const { poi_id } = payload
      if (payload.change !== 'new') {
        const changed = Object.keys(payload.base_info).join(', ')
        return language === 'zh' ? `门店 ${poi_id}：修改 ${changed}` : `store ${poi_id}: change of ${changed}`
      }
      const { business_name: name, address } = payload.base_info
      return language === 'zh' ? `新增门店 ${poi_id}：${name}，${address}` : `new store ${poi_id}: ${name}, ${address}`
    },
  })
