import type { DeliveryState } from '@shenpi/sdk/contract/states'
import { type ExpressionBuilder, type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import { sharedNow } from '../db/engine.ts'
import { isIn } from '../db/lists.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { transaction } from '../db/transaction.ts'
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

/** As a list shows it: what it sends stands in the delivery itself. */
export type ListedDelivery = Omit<Delivery, 'message'>

export interface Attempt {
  attemptNo: number
  at: Date
  durationMs: number
  url: string
  status: number | null
  outcome: string
  /** The rule of faults that struck it: in a sandbox alone. */
  injectedBy: string | null
}

type DeliveryRow = Selectable<Schema['callback_delivery']>

export const toDelivery = (row: DeliveryRow): Delivery => ({
  ...toListedDelivery(row),
  message: JSON.parse(row.message),
})

export const toListedDelivery = (row: Omit<DeliveryRow, 'message' | 'leased_until'>): ListedDelivery => ({
  accountId: row.account_id,
  deliveryNo: row.delivery_no,
  applicationNo: row.application_no,
  event: row.event,
  state: row.state,
  attempts: row.attempts,
  createdAt: new Date(row.created_at),
  startedAt: new Date(row.started_at),
  dueAt: new Date(row.due_at),
  deliveredAt: row.delivered_at === null ? null : new Date(row.delivered_at),
})

/** Of the queue's worker, from the insertion on. */
export interface Lease {
  /** By the machine's time. */
  from: number
  /** 0: there is none. Unit: milliseconds. */
  ms: number
}

const insertRow = prepared((db, row: Omit<DeliveryRow, 'leased_until'> & Lease) =>
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
    leased_until: sql<number>`case when ${row.ms} = 0 then 0 else ${sharedNow(db, row.from)} + ${row.ms} end`,
    delivered_at: row.delivered_at,
  }),
)

/** @param lease with it, only who inserts it may send it before the lease ends */
export async function insertDelivery(
  trx: Transaction<Schema>,
  delivery: Delivery,
  lease: Lease = { from: 0, ms: 0 },
): Promise<void> {
  await insertRow(trx, {
    account_id: delivery.accountId,
    delivery_no: delivery.deliveryNo,
    application_no: delivery.applicationNo,
    event: delivery.event,
    message: JSON.stringify(delivery.message),
    state: delivery.state,
    attempts: delivery.attempts,
    created_at: delivery.createdAt.getTime(),
    started_at: delivery.startedAt.getTime(),
    due_at: delivery.dueAt.getTime(),
    delivered_at: null,
    ...lease,
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
    injectedBy: row.injected_by,
  }))
}

/** A delivery in a worker's hands, by what tells it from later runs and tries of the same. */
interface InHand {
  accountId: number
  deliveryNo: number
  attempts: number
  startedAt: number
}

const toInHand = ({ accountId, deliveryNo, attempts, startedAt }: Delivery): InHand => ({
  accountId,
  deliveryNo,
  attempts,
  startedAt: startedAt.getTime(),
})

/** A replay, or a worker that took over an expired lease, may have been first: its result counts. */
const isStill = (inHand: InHand) => (delivery: ExpressionBuilder<Schema, 'callback_delivery'>) =>
  delivery.and([
    delivery('account_id', '=', inHand.accountId),
    delivery('delivery_no', '=', inHand.deliveryNo),
    delivery('attempts', '=', inHand.attempts),
    delivery('started_at', '=', inHand.startedAt),
  ])

type AttemptRow = InHand & Omit<Selectable<Schema['delivery_attempt']>, 'account_id' | 'delivery_no' | 'attempt_no'>

const insertAttempt = prepared((db, row: AttemptRow) =>
  db
    .insertInto('delivery_attempt')
    .columns([
      'account_id',
      'delivery_no',
      'attempt_no',
      'at',
      'duration_ms',
      'url',
      'status',
      'outcome',
      'injected_by',
    ])
    .expression(({ selectFrom, val }) =>
      selectFrom('callback_delivery')
        .select(['account_id', 'delivery_no'])
        .select(({ selectFrom }) =>
          selectFrom('delivery_attempt as earlier')
            .select(sql<number>`coalesce(max(earlier.attempt_no), 0) + 1`.as('next'))
            // Not of the delivery's columns: Citus would ask every shard.
            .where('earlier.account_id', '=', row.accountId)
            .where('earlier.delivery_no', '=', row.deliveryNo)
            .as('attempt_no'),
        )
        .select([val(row.at).as('at'), val(row.duration_ms).as('duration_ms'), val(row.url).as('url')])
        .select([val(row.status).as('status'), val(row.outcome).as('outcome'), val(row.injected_by).as('injected_by')])
        .where(isStill(row)),
    )
    // Of two that end at once the first counts.
    .onConflict((conflict) => conflict.doNothing()),
)

const updateTried = prepared((db, row: InHand & Pick<DeliveryRow, 'state' | 'due_at' | 'delivered_at'>) =>
  db
    .updateTable('callback_delivery')
    .set({
      state: row.state,
      attempts: sql`attempts + 1`,
      due_at: row.due_at,
      leased_until: 0,
      delivered_at: sql`coalesce(${row.delivered_at}, delivered_at)`,
    })
    .where(isStill(row)),
)

/** Record a try, and what it makes of the delivery. */
export async function saveAttempt(
  db: Kysely<Schema>,
  delivery: Delivery,
  attempt: Omit<Attempt, 'attemptNo'>,
  next: { state: DeliveryState; dueAt: Date },
): Promise<void> {
  const inHand = toInHand(delivery)
  const { url, status, outcome, injectedBy: injected_by } = attempt
  const at = attempt.at.getTime()
  await transaction(db, async (trx) => {
    const duration_ms = Math.round(attempt.durationMs)
    await insertAttempt(trx, { ...inHand, at, duration_ms, url, status, outcome, injected_by })
    const delivered_at = next.state === 'delivered' ? at : null
    await updateTried(trx, { ...inHand, state: next.state, due_at: next.dueAt.getTime(), delivered_at })
  })
}

const updatePutBack = prepared((db, row: InHand & Pick<DeliveryRow, 'due_at'>) =>
  db
    .updateTable('callback_delivery')
    .set({ due_at: row.due_at, leased_until: 0 })
    .where('state', '=', sql.lit('pending' as const))
    .where(isStill(row)),
)

/** Release a delivery that was not sent, and let it be due again. That is no attempt. */
export async function putBack(db: Kysely<Schema>, delivery: Delivery, dueAt: Date): Promise<void> {
  await updatePutBack(db, { ...toInHand(delivery), due_at: dueAt.getTime() })
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

/** The same of several of an account, if they are still in `state`. @returns the numbers of those that were */
export async function restartDeliveries(
  trx: Transaction<Schema>,
  {
    accountId,
    deliveryNos,
    state,
  }: { accountId: number; deliveryNos: readonly number[]; state?: DeliveryState | undefined },
  { at, dueAt }: { at: Date; dueAt: Date },
): Promise<number[]> {
  const now = at.getTime()
  let query = trx
    .updateTable('callback_delivery')
    .set({
      state: 'pending',
      attempts: 0,
      // Later than the run before, even on a clock that stands still.
      started_at: sql`case when started_at >= ${now} then started_at + 1 else cast(${now} as bigint) end`,
      due_at: dueAt.getTime(),
      leased_until: 0,
    })
    .where('account_id', '=', accountId)
    .where(isIn(trx, 'delivery_no', deliveryNos))
  if (state) query = query.where('state', '=', state)
  const rows = await query.returning('delivery_no').execute()
  return rows.map((row) => row.delivery_no).toSorted((a, b) => a - b)
}
