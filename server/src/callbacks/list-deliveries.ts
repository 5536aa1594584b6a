import type { DeliveryState } from '@shenpi/sdk/contract/states'
import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import type { ListedDelivery } from './delivery.store.ts'
import { type DeliveryCursor, listNewestDeliveries } from './delivery-list.store.ts'
import { findDeliveryNoSince } from './delivery-range.store.ts'

/** What deliveries are looked for by. */
export interface DeliveryFilter {
  accountId?: number | undefined
  applicationNo?: number | undefined
  state?: DeliveryState | undefined
  event?: string | undefined
  /** Created then or later. */
  from?: Date | undefined
  /** Created before. */
  until?: Date | undefined
}

/** Deliveries that are looked at together. */
const WINDOW = 500
/** So many of them at most for one page, whatever fits the filter: a long list holds nobody up. */
const LOOKED_AT_MAX = 5000

/** Whether a delivery is what is looked for, whosever it is. */
export const fitsFilter = (
  delivery: Pick<ListedDelivery, 'state' | 'event'>,
  { state, event }: Pick<DeliveryFilter, 'state' | 'event'>,
): boolean => (state === undefined || delivery.state === state) && (event === undefined || delivery.event === event)

/**
 * The newest deliveries that fit, after those of the page before. Only whose they are and when they were created is known to
 * an index.
 *
 * @returns with `goesOn`: behind what the next page begins; undefined at the end
 */
export async function listDeliveries(
  db: Kysely<Schema>,
  filter: DeliveryFilter,
  limit: number,
  after?: DeliveryCursor,
): Promise<{ deliveries: ListedDelivery[]; goesOn: DeliveryCursor | undefined }> {
  const isSearched = filter.state !== undefined || filter.event !== undefined
  const windowSize = isSearched ? WINDOW : limit
  const deliveries: ListedDelivery[] = []
  let goesOn = after ?? (await beginOf(db, filter))
  for (let lookedAt = 0; lookedAt < LOOKED_AT_MAX; lookedAt += windowSize) {
    const some = await listNewestDeliveries(db, filter, windowSize, goesOn)
    for (const delivery of some) {
      if (filter.from && delivery.createdAt < filter.from) return { deliveries, goesOn: undefined }
      if (fitsFilter(delivery, filter)) deliveries.push(delivery)
      goesOn = toCursor(delivery)
      if (deliveries.length === limit) return { deliveries, goesOn }
    }
    if (some.length < windowSize) return { deliveries, goesOn: undefined }
  }
  return { deliveries, goesOn }
}

const toCursor = ({ createdAt, accountId, deliveryNo }: ListedDelivery): DeliveryCursor => ({
  at: createdAt.getTime(),
  accountId,
  deliveryNo,
})

/** Where the first page begins: before the end of the time that is asked for. */
async function beginOf(db: Kysely<Schema>, { accountId, until }: DeliveryFilter): Promise<DeliveryCursor | undefined> {
  if (!until) return undefined
  const deliveryNo = accountId === undefined ? 0 : await findDeliveryNoSince(db, accountId, until)
  return { at: until.getTime(), accountId: accountId ?? 0, deliveryNo }
}
