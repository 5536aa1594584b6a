import type { QuotaEntry } from '@shenpi/sdk/contract/states'
import type { Kysely } from 'kysely'
import { toApplication } from '../applications/application.store.ts'
import type { Application } from '../applications/application.ts'
import type { ReadPayload } from '../applications/payload.ts'
import type { Review } from '../applications/review.ts'
import { orUnreadable } from '../applications/summarize-application.ts'
import type { Schema } from '../db/schema.ts'
import { DEVICE_QUOTA_SUBJECT, type DeviceQuotaPayload, deviceQuotaKind } from './device-quota.kind.ts'

/** A change of an account's device quota: a rise of the ceiling, or an allocation of device IDs. */
export interface LedgerEntry {
  accountId: number
  applicationNo: number
  at: Date
  entry: QuotaEntry
  /** Device IDs. */
  quantity: number
  /** The purpose of a rise, the remark of a batch. */
  text: string
  /** Of an allocation. */
  firstDeviceId: number | null
  lastDeviceId: number | null
}

/** The position after a page of the ledger. The application's number orders changes of the same moment. */
export type LedgerCursor = { at: number; applicationNo: number }

/**
 * The newest first. The ledger is no table of its own: it is what was approved and what was handed out, so the three
 * cannot disagree.
 *
 * @param limit how many at the most
 */
export async function listLedger(
  review: Review,
  accountId: number,
  limit: number,
  before?: LedgerCursor,
): Promise<LedgerEntry[]> {
  const rises = await listRises(review, accountId, limit, before)
  const allocations = await listAllocations(review.db, accountId, limit, before)
  return [...rises, ...allocations]
    .sort((a, b) => b.at.getTime() - a.at.getTime() || b.applicationNo - a.applicationNo)
    .slice(0, limit)
}

async function listRises(review: Review, accountId: number, limit: number, before?: LedgerCursor) {
  let query = review.db
    .selectFrom('application')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('kind', '=', 'device_quota')
    .where('subject', '=', DEVICE_QUOTA_SUBJECT)
    .where('state', '=', 'approved')
    .orderBy('decided_at', 'desc')
    .orderBy('application_no', 'desc')
    .limit(limit)
  if (before) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('decided_at', 'application_no'), '<', tuple(before.at, before.applicationNo)),
    )
  }
  const applications = (await query.execute()).map(toApplication)
  const readPayload = await deviceQuotaKind.payloadReader()
  return applications.map((application) => toRise(review, readPayload, application))
}

function toRise(review: Review, readPayload: ReadPayload<DeviceQuotaPayload>, application: Application): LedgerEntry {
  const { quantity, purpose } = orUnreadable(
    review,
    () => readPayload(application),
    () => ({ quantity: 0, purpose: 'its payload cannot be read' }),
  )
  const { accountId, applicationNo, decidedAt, appliedAt } = application
  const entry = { at: decidedAt ?? appliedAt, entry: 'rise', quantity, text: purpose } as const
  return { accountId, applicationNo, ...entry, firstDeviceId: null, lastDeviceId: null }
}

async function listAllocations(db: Kysely<Schema>, accountId: number, limit: number, before?: LedgerCursor) {
  let query = db
    .selectFrom('device_batch')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('allocated_at', 'desc')
    .orderBy('application_no', 'desc')
    .limit(limit)
  if (before) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('allocated_at', 'application_no'), '<', tuple(before.at, before.applicationNo)),
    )
  }
  return (await query.execute()).map((row): LedgerEntry => {
    const { first_device_id: firstDeviceId, last_device_id: lastDeviceId } = row
    const quantity = lastDeviceId - firstDeviceId + 1
    const entry = { at: new Date(row.allocated_at), entry: 'allocation', quantity, text: row.comment } as const
    return { accountId, applicationNo: row.application_no, ...entry, firstDeviceId, lastDeviceId }
  })
}
