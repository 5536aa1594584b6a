import type { QuotaEntry } from '@shenpi/sdk/contract/states'
import { toPayload } from '../applications/application.store.ts'
import type { Review } from '../applications/review.ts'
import { orUnreadable } from '../applications/summarize-application.ts'
import { prepared } from '../db/statements.ts'
import { DEVICE_QUOTA_SUBJECT, deviceQuotaKind } from './device-quota.kind.ts'

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
type LedgerCursor = { at: number; applicationNo: number }

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
  // No change is later than the latest time.
  const { at, applicationNo } = before ?? { at: Number.MAX_SAFE_INTEGER, applicationNo: 0 }
  const page = { accountId, limit, at, applicationNo }
  const [rises, allocations] = await Promise.all([listRises(review, page), listAllocations(review, page)])
  return [...rises, ...allocations]
    .sort((a, b) => b.at.getTime() - a.at.getTime() || b.applicationNo - a.applicationNo)
    .slice(0, limit)
}

interface Page extends LedgerCursor {
  accountId: number
  limit: number
}

const selectRises = prepared((db, { accountId, limit, at, applicationNo }: Page) =>
  db
    .selectFrom('application')
    .select(['application_no', 'payload', 'applied_at', 'decided_at'])
    .where('account_id', '=', accountId)
    .where('kind', '=', 'device_quota')
    .where('subject', '=', DEVICE_QUOTA_SUBJECT)
    .where('state', '=', 'approved')
    .where(({ eb, refTuple, tuple }) => eb(refTuple('decided_at', 'application_no'), '<', tuple(at, applicationNo)))
    .orderBy('decided_at', 'desc')
    .orderBy('application_no', 'desc')
    .limit(limit),
)

async function listRises(review: Review, page: Page): Promise<LedgerEntry[]> {
  const rows = await selectRises(review.db, page)
  const readPayload = await deviceQuotaKind.payloadReader()
  const { accountId } = page
  return rows.map(({ application_no: applicationNo, payload: text, applied_at, decided_at }) => {
    const owner = { accountId, applicationNo, kind: 'device_quota', payload: toPayload(text) } as const
    const { quantity, purpose } = orUnreadable(
      review,
      () => readPayload(owner),
      () => ({ quantity: 0, purpose: 'its payload cannot be read' }),
    )
    const entry = { at: new Date(decided_at ?? applied_at), entry: 'rise', quantity, text: purpose } as const
    return { accountId, applicationNo, ...entry, firstDeviceId: null, lastDeviceId: null }
  })
}

const selectAllocations = prepared((db, { accountId, limit, at, applicationNo }: Page) =>
  db
    .selectFrom('device_batch')
    .select(['application_no', 'first_device_id', 'last_device_id', 'comment', 'allocated_at'])
    .where('account_id', '=', accountId)
    .where(({ eb, refTuple, tuple }) => eb(refTuple('allocated_at', 'application_no'), '<', tuple(at, applicationNo)))
    .orderBy('allocated_at', 'desc')
    .orderBy('application_no', 'desc')
    .limit(limit),
)

async function listAllocations({ db }: Review, page: Page): Promise<LedgerEntry[]> {
  const rows = await selectAllocations(db, page)
  return rows.map((row) => {
    const { first_device_id: firstDeviceId, last_device_id: lastDeviceId } = row
    const quantity = lastDeviceId - firstDeviceId + 1
    const entry = { at: new Date(row.allocated_at), entry: 'allocation', quantity, text: row.comment } as const
    return { accountId: page.accountId, applicationNo: row.application_no, ...entry, firstDeviceId, lastDeviceId }
  })
}
