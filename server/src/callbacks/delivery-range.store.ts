import type { DeliveryState } from '@shenpi/sdk/contract/states'
import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import type { DeliveryKey } from './delivery.store.ts'

/** A delivery of a range: what says whether it is wanted. */
export interface DeliveryInRange extends DeliveryKey {
  event: string
  state: DeliveryState
  createdAt: Date
}

/** Behind which delivery a list of the oldest first goes on. */
export type RangeCursor = DeliveryKey & { at: number }

interface Range extends RangeCursor {
  until: number
  limit: number
}

const COLUMNS = ['account_id', 'delivery_no', 'event', 'state', 'created_at'] as const

const selectRange = prepared((db, { at, accountId, deliveryNo, until, limit }: Range) =>
  db
    .selectFrom('callback_delivery')
    .select(COLUMNS)
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple('created_at', 'account_id', 'delivery_no'), '>', tuple(at, accountId, deliveryNo)),
    )
    .where('created_at', '<', until)
    .orderBy('created_at')
    .orderBy('account_id')
    .orderBy('delivery_no')
    .limit(limit),
)

const selectRangeOfAccount = prepared((db, { accountId, deliveryNo, until, limit }: Omit<Range, 'at'>) =>
  db
    .selectFrom('callback_delivery')
    .select(COLUMNS)
    .where('account_id', '=', accountId)
    .where('delivery_no', '>', deliveryNo)
    .where('delivery_no', '<', until)
    .orderBy('delivery_no')
    .limit(limit),
)

type RangeRow = Awaited<ReturnType<typeof selectRange>>[number]

const toInRange = (row: RangeRow): DeliveryInRange => ({
  accountId: row.account_id,
  deliveryNo: row.delivery_no,
  event: row.event,
  state: row.state,
  createdAt: new Date(row.created_at),
})

/** Deliveries of all accounts that were created before `until`, the oldest first. */
export async function listRange(db: Kysely<Schema>, after: RangeCursor, until: Date, limit: number) {
  return (await selectRange(db, { ...after, until: until.getTime(), limit })).map(toInRange)
}

/** The same of one account, by their numbers. @param beforeNo the number that the range ends before */
export async function listRangeOfAccount(db: Kysely<Schema>, after: DeliveryKey, beforeNo: number, limit: number) {
  return (await selectRangeOfAccount(db, { ...after, until: beforeNo, limit })).map(toInRange)
}

const selectNext = prepared((db, { accountId, deliveryNo }: DeliveryKey) =>
  db
    .selectFrom('callback_delivery')
    .select(['delivery_no', 'created_at'])
    .where('account_id', '=', accountId)
    .where('delivery_no', '>=', deliveryNo)
    .orderBy('delivery_no')
    .limit(1),
)

const selectLast = prepared((db, { accountId }: { accountId: number }) =>
  db
    .selectFrom('callback_delivery')
    .select(({ fn }) => fn.max('delivery_no').as('last'))
    .where('account_id', '=', accountId),
)

/**
 * The number of an account's first delivery that was created then or later, or the next one that it will have. No index knows
 * times within an account; the numbers are in their order, so that halving finds it in some twenty looks.
 */
export async function findDeliveryNoSince(db: Kysely<Schema>, accountId: number, since: Date): Promise<number> {
  const [row] = await selectLast(db, { accountId })
  let [low, high] = [1, (row?.last ?? 0) + 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const [next] = await selectNext(db, { accountId, deliveryNo: middle })
    if (!next || next.created_at >= since.getTime()) high = middle
    else low = next.delivery_no + 1
  }
  return low
}
