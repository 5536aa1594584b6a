import type { ProblemCode } from '@shenpi/sdk/contract/problems'
import type { BatchOutcome } from '@shenpi/sdk/contract/states'
import type { Kysely } from 'kysely'
import { isActivated } from '../activations/account-activation.kind.ts'
import { findLatestApplication } from '../applications/application.store.ts'
import type { Schema } from '../db/schema.ts'
import type { DeviceQuota } from '../device-quota/device-quota.store.ts'
import { type BatchPolicy, DEVICE_BATCH_SUBJECT, hasTooFewActive } from './device-batch.kind.ts'

interface BatchForecast {
  quantity: number
  outcome: BatchOutcome
  problem: ProblemCode | null
  /** Device IDs that would be left below the ceiling. */
  remaining: number
}

/** The answer that an application for `quantity` device IDs would get now, without applying. */
export async function tryBatch(
  db: Kysely<Schema>,
  accountId: number,
  { ceiling, allocated }: DeviceQuota,
  quantity: number,
  { quickReviewMax, activeDevicesMin }: BatchPolicy,
): Promise<BatchForecast> {
  const remaining = ceiling - allocated - quantity
  const refused = (problem: ProblemCode) => ({ quantity, outcome: 'refused', problem, remaining }) as const
  if (!(await isActivated(db, accountId))) return refused('account.not_activated')
  const latest = await findLatestApplication(db, { accountId, kind: 'device_batch', subject: DEVICE_BATCH_SUBJECT })
  if (latest?.state === 'under_review') return refused('batch.under_review')
  if (await hasTooFewActive(db, accountId, allocated, activeDevicesMin)) return refused('batch.too_few_active')
  if (remaining < 0) return refused('device.quota_exceeded')
  return { quantity, outcome: quantity <= quickReviewMax ? 'approved' : 'under_review', problem: null, remaining }
}
