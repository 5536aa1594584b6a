import type { StoreChanges, StoreInfo } from '@shenpi/sdk'
import type { AccountCache } from '../accounts/account-cache.ts'
import type { Application } from '../applications/application.ts'
import type { ApplicationKind } from '../applications/application-kind.ts'
import { Problem } from '../problem.ts'
import { getStore, insertStore, type Store, saveStore } from './store.store.ts'

interface About {
  /** 0 before a new store has its number. */
  poi_id: number
  /** The merchant's own id, which its callback names. */
  sid: string
}

export type StorePayload =
  | (About & { change: 'new'; base_info: StoreInfo })
  | (About & { change: 'update'; base_info: StoreChanges })

/** The first store that an account adds is one above. Far from the sample's 1234, and as long as real ones. Our choice. */
const POI_ID_BASE = 100_000_000

export const storeSubject = (poiId: number): string => `store:${poiId}`

/** @throws Problem `store.not_approved`, `store.updating` */
export function assertChangeable({ state, pendingUpdate }: Store): void {
  if (state !== 'approved') throw new Problem('store.not_approved')
  if (pendingUpdate) throw new Problem('store.updating')
}

const payloadOf = ({ payload }: Application) => payload as StorePayload

/** A new store, or a change of an approved one. Its owner may bind a new one at once, others once it is approved. */
export const storeKind = (bindings: AccountCache): ApplicationKind<StorePayload> => ({
  name: 'store',
  number: (payload, account) =>
    payload.poi_id ? payload : { ...payload, poi_id: POI_ID_BASE + account.number('store') },
  subject: ({ poi_id }) => storeSubject(poi_id),
  open: 'store.updating',
  async admit(trx, { accountId, payload }) {
    if (payload.change === 'update') assertChangeable(await getStore(trx, accountId, payload.poi_id))
  },
  screen: () => 'review',
  async submit(trx, application) {
    const { accountId, appliedAt } = application
    const { poi_id: poiId, ...payload } = payloadOf(application)
    if (payload.change === 'update') {
      await saveStore(trx, accountId, poiId, { pendingUpdate: payload.base_info })
      return
    }
    const { base_info: info } = payload
    const store = { poiId, businessName: info.business_name, info, state: application.state }
    await insertStore(trx, accountId, store, appliedAt)
  },
  async approve(trx, application) {
    const { accountId } = application
    const { poi_id: poiId, ...payload } = payloadOf(application)
    if (payload.change === 'new') {
      await saveStore(trx, accountId, poiId, { state: 'approved' })
      return
    }
    const { info } = await getStore(trx, accountId, poiId)
    await saveStore(trx, accountId, poiId, { info: { ...info, ...payload.base_info }, pendingUpdate: null })
  },
  async reject(trx, application) {
    const { poi_id: poiId, change } = payloadOf(application)
    const { accountId, reason } = application
    await saveStore(trx, accountId, poiId, change === 'new' ? { state: 'rejected', reason } : { pendingUpdate: null })
  },
  committed: ({ accountId }) => bindings.forget(accountId),
  announce: (application) => {
    const { poi_id, sid } = payloadOf(application)
    const Result = application.state === 'approved' ? 'succ' : 'fail'
    // Receivers in use read the one spelling or the other, and none minds both.
    const fields = { UniqId: sid, PoiId: String(poi_id), Result, Msg: application.reason, msg: application.reason }
    return { name: 'poi_check_notify', fields }
  },
  summarize: ({ poi_id, ...payload }) =>
    payload.change === 'new'
      ? `new store ${poi_id}: ${payload.base_info.business_name}, ${payload.base_info.address}`
      : `store ${poi_id}: change of ${Object.keys(payload.base_info).join(', ')}`,
})
