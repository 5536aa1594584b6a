import type { ApplicationKind } from '../applications/application-kind.ts'
import { Problem } from '../problem.ts'
import { findStore } from '../stores/store.store.ts'
import { allocateBatch, getQuota } from './device-batch.store.ts'

export interface DeviceBatchPayload {
  quantity: number
  apply_reason: string
  comment: string
  /** 0 without a store. */
  poi_id: number
}

/** One batch at a time is open for an account. */
export const DEVICE_BATCH_SUBJECT = 'device_batch'

/**
 * A batch of device IDs.
 *
 * @param quickReviewMax the largest batch that is approved at once, in device IDs
 */
export function deviceBatchKind({ quickReviewMax }: { quickReviewMax: number }): ApplicationKind<DeviceBatchPayload> {
  return {
    name: 'device_batch',
    subject: () => DEVICE_BATCH_SUBJECT,
    open: 'batch.under_review',
    async admit(trx, { accountId, payload }) {
      if (payload.poi_id && !(await findStore(trx, accountId, payload.poi_id))) throw new Problem('store.invalid')
      const { allocated, ceiling } = await getQuota(trx, accountId)
      if (allocated + payload.quantity > ceiling) throw new Problem('device.quota_exceeded')
    },
    screen: ({ quantity }) => (quantity <= quickReviewMax ? 'approve' : 'review'),
    async approve(trx, { accountId, applicationNo, payload, decidedAt, appliedAt }) {
      const { quantity, comment, poi_id: poiId } = payload as DeviceBatchPayload
      await allocateBatch(trx, { accountId, applicationNo, quantity, comment, poiId, at: decidedAt ?? appliedAt })
    },
    summarize: ({ quantity, apply_reason }) => `${quantity} device IDs: ${apply_reason}`,
  }
}
