import { Type } from '@shenpi/sdk/contract/schema'
import type { Kysely } from 'kysely'
import { defineKind } from '../applications/application-kind.ts'
import type { Schema } from '../db/schema.ts'
import { countActiveDevices, getQuota } from '../device-quota/device-quota.store.ts'
import { Problem, tooMany } from '../problem.ts'
import { findStore } from '../stores/store.store.ts'
import { allocateBatch } from './device-batch.store.ts'

const DeviceBatchPayload = Type.Object({
  quantity: Type.Integer(),
  apply_reason: Type.String(),
  comment: Type.String(),
  /** 0 without a store. */
  poi_id: Type.Integer(),
})

export interface BatchPolicy {
  /** The largest batch that is approved at once, in device IDs. */
  quickReviewMax: number
  /** The share of its devices that an account must use before it gets more, in percent. */
  activeDevicesMin: number
}

/**
 * Whether an account uses too few of its devices to get more.
 *
 * @param least in percent; 0 asks for none, and costs no query
 */
export async function hasTooFewActive(
  db: Kysely<Schema>,
  accountId: number,
  allocated: number,
  least: number,
): Promise<boolean> {
  if (least === 0) return false
  return (await countActiveDevices(db, accountId)) * 100 < least * allocated
}

/** One batch at a time is open for an account. */
export const DEVICE_BATCH_SUBJECT = 'device_batch'

/** A batch of device IDs. @param policy as it is now */
export const deviceBatchKind = (policy: () => BatchPolicy) =>
  defineKind({
    name: 'device_batch',
    payload: DeviceBatchPayload,
    subject: () => DEVICE_BATCH_SUBJECT,
    open: 'batch.under_review',
    async admit({ trx, accountId }, { payload }) {
      if (payload.poi_id && !(await findStore(trx, accountId, payload.poi_id))) throw new Problem('store.invalid')
      const { allocated, ceiling } = await getQuota(trx, accountId)
      if (await hasTooFewActive(trx, accountId, allocated, policy().activeDevicesMin))
        throw new Problem('batch.too_few_active')
      if (allocated + payload.quantity > ceiling)
        throw tooMany('device.quota_exceeded', ceiling, allocated + payload.quantity, 'devices')
    },
    screen: ({ quantity }) => (quantity <= policy().quickReviewMax ? 'approve' : 'review'),
    async approve({ trx, accountId }, { applicationNo, payload, decidedAt }) {
      const { quantity, comment, poi_id: poiId } = payload
      await allocateBatch(trx, { accountId, applicationNo, quantity, comment, poiId, at: decidedAt })
    },
    summarize: ({ quantity, apply_reason }, language) =>
      language === 'zh' ? `${quantity} 个设备 ID：${apply_reason}` : `${quantity} device IDs: ${apply_reason}`,
  })
