import type { DeliveryState } from '@shenpi/sdk/contract/states'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { Problem } from '../problem.ts'
import type { MessageFields } from './message-format.ts'

export interface DeliveryKey {
  accountId: number
  /** Counts up within the account. */
  deliveryNo: number
}

/** A message to one merchant about one application, tried until it arrives. */
export interface Delivery extends DeliveryKey {
  applicationNo: number
  event: string
  message: MessageFields
  /** `unaddressed`: the account had no callback URL; a replay sends it once there is one. */
  state: DeliveryState
  /** Tries since `startedAt`. */
  attempts: number
  createdAt: Date
  startedAt: Date
  /** Of the machine's time. */
  dueAt: Date
  deliveredAt: Date | null
}

export interface Attempt {
  attemptNo: number
  at: Date
  durationMs: number
  url: string
  status: number | null
  outcome: string
}

export type DeliveryRow = Selectable<Schema['callback_delivery']>

export const toDelivery = (row: DeliveryRow): Delivery => ({
  accountId: row.account_id,
  deliveryNo: row.delivery_no,
  applicationNo: row.application_no,
  event: row.event,
  message: JSON.parse(row.message),
  state: row.state,
  attempts: row.attempts,
  createdAt: new Date(row.created_at),
  startedAt: new Date(row.started_at),
  dueAt: new Date(row.due_at),
  deliveredAt: row.delivered_at === null ? null : new Date(row.delivered_at),
})

const insertRow = prepared((db, row: DeliveryRow) =>
  db.insertInto('callback_delivery').values({
    account_id: row.account_id,
    delivery_no: row.delivery_no,
    application_no: row.application_no,
    event: row.event,
    message: row.message,
    state: row.state,
    attempts: row.attempts,
    created_at: row.created_at,
    started_at: row.started_at,
    due_at: row.due_at,
    leased_until: row.leased_until,
    delivered_at: row.delivered_at,
  }),
)

export async function insertDelivery(
  trx: Transaction<Schema>,
  delivery: Pick<Delivery, 'accountId' | 'deliveryNo' | 'applicationNo' | 'event' | 'message' | 'state' | 'dueAt'> & {
    at: Date
  },
): Promise<void> {
  const at = delivery.at.getTime()
  await insertRow(trx, {
    account_id: delivery.accountId,
    delivery_no: delivery.deliveryNo,
    application_no: delivery.applicationNo,
    event: delivery.event,
    message: JSON.stringify(delivery.message),
    state: delivery.state,
    attempts: 0,
    created_at: at,
    started_at: at,
    due_at: delivery.dueAt.getTime(),
    leased_until: 0,
    delivered_at: null,
  })
}

/** @throws Problem `delivery.unknown` */
export async function getDelivery(db: Kysely<Schema>, { accountId, deliveryNo }: DeliveryKey): Promise<Delivery> {
  const row = await db
    .selectFrom('callback_delivery')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('delivery_no', '=', deliveryNo)
    .executeTakeFirst()
  if (!row) throw new Problem('delivery.unknown')
  return toDelivery(row)
}

/** Whether the `nth` delivery from the last of an account, which is the first, is still to be delivered. */
export async function isNthLastPending(db: Kysely<Schema>, accountId: number, nth: number): Promise<boolean> {
  const last = db
    .selectFrom('callback_delivery as newer')
    .select(({ fn }) => fn.max('newer.delivery_no').as('last'))
    .where('newer.account_id', '=', accountId)
  const row = await db
    .selectFrom('callback_delivery')
    .select('state')
    .where('account_id', '=', accountId)
    .where('delivery_no', '=', ({ eb }) => eb(last, '-', sql.lit(nth - 1)))
    .executeTakeFirst()
  return row?.state === 'pending'
}

export interface DeliveryFilter {
  accountId?: number | undefined
  applicationNo?: number | undefined
  state?: DeliveryState | undefined
}

export type DeliveryCursor = DeliveryKey & { at: number }

/** The newest first. @param limit how many at the most */
export async function listDeliveries(
  db: Kysely<Schema>,
  filter: DeliveryFilter,
  limit: number,
  after?: DeliveryCursor,
): Promise<Delivery[]> {
  const { accountId } = filter
  let query = db.selectFrom('callback_delivery').selectAll().limit(limit)
  if (filter.applicationNo !== undefined) query = query.where('application_no', '=', filter.applicationNo)
  if (filter.state) query = query.where('state', '=', filter.state)
  if (accountId !== undefined) {
    // Within an account the numbers are in the order of time, and the key's index serves.
    query = query.where('account_id', '=', accountId).orderBy('delivery_no', 'desc')
    if (after) query = query.where('delivery_no', '<', after.deliveryNo)
  } else {
    query = query.orderBy('created_at', 'desc').orderBy('account_id', 'desc').orderBy('delivery_no', 'desc')
    if (after) {
      const key = [after.at, after.accountId, after.deliveryNo] as const
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('created_at', 'account_id', 'delivery_no'), '<', tuple(...key)),
      )
    }
  }
  return (await query.execute()).map(toDelivery)
}

/** Every attempt of a delivery in order. Bounded: the schedule allows some sixty in all. */
export async function listAttempts(db: Kysely<Schema>, { accountId, deliveryNo }: DeliveryKey): Promise<Attempt[]> {
  const rows = await db
    .selectFrom('delivery_attempt')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('delivery_no', '=', deliveryNo)
    .orderBy('attempt_no', 'desc')
    .limit(200)
    .execute()
  return rows.reverse().map((row) => ({
    attemptNo: row.attempt_no,
    at: new Date(row.at),
    durationMs: row.duration_ms,
    url: row.url,
    status: row.status,
    outcome: row.outcome,
  }))
}

/** Record a try, and what it makes of the delivery. */
export async function saveAttempt(
  db: Kysely<Schema>,
  delivery: Delivery,
  attempt: Omit<Attempt, 'attemptNo'>,
  next: { state: DeliveryState; dueAt: Date },
): Promise<void> {
  const { accountId, deliveryNo } = delivery
  await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('callback_delivery')
      .set({
        state: next.state,
        attempts: delivery.attempts + 1,
        due_at: next.dueAt.getTime(),
        leased_until: 0,
        ...(next.state === 'delivered' ? { delivered_at: attempt.at.getTime() } : {}),
      })
      .where('account_id', '=', accountId)
      .where('delivery_no', '=', deliveryNo)
      // A replay, or a worker that took over an expired lease, may have been first: its result counts.
      .where('attempts', '=', delivery.attempts)
      .where('started_at', '=', delivery.startedAt.getTime())
      .executeTakeFirstOrThrow()
    if (numUpdatedRows !== 1n) return
    const { last } = await trx
      .selectFrom('delivery_attempt')
      .select(({ fn }) => fn.coalesce(fn.max('attempt_no'), sql<number>`0`).as('last'))
      .where('account_id', '=', accountId)
      .where('delivery_no', '=', deliveryNo)
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('delivery_attempt')
      .values({
        account_id: accountId,
        delivery_no: deliveryNo,
        attempt_no: last + 1,
        at: attempt.at.getTime(),
        duration_ms: Math.round(attempt.durationMs),
        url: attempt.url,
        status: attempt.status,
        outcome: attempt.outcome,
      })
      .execute()
  })
}

/** Release a delivery that was not sent, and let it be due again. That is no attempt. */
export async function putBack(
  db: Kysely<Schema>,
  { accountId, deliveryNo, attempts, startedAt }: Delivery,
  dueAt: Date,
): Promise<void> {
  await db
    .updateTable('callback_delivery')
    .set({ due_at: dueAt.getTime(), leased_until: 0 })
    .where('account_id', '=', accountId)
    .where('delivery_no', '=', deliveryNo)
    .where('state', '=', 'pending')
    .where('attempts', '=', attempts)
    .where('started_at', '=', startedAt.getTime())
    .execute()
}

/** Send a delivery again, from `dueAt` on, with the whole schedule before it. @param startedAt what tells this run from others */
export async function restartDelivery(
  db: Kysely<Schema>,
  { accountId, deliveryNo }: DeliveryKey,
  { startedAt, dueAt }: { startedAt: Date; dueAt: Date },
): Promise<void> {
  await db
    .updateTable('callback_delivery')
    .set({
      state: 'pending',
      attempts: 0,
      started_at: startedAt.getTime(),
      due_at: dueAt.getTime(),
      leased_until: 0,
    })
    .where('account_id', '=', accountId)
    .where('delivery_no', '=', deliveryNo)
    .execute()
}
