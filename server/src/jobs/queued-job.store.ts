import { COUNTED_JOBS_MAX } from '@shenpi/sdk/contract/api/queues'
import { type Kysely, sql } from 'kysely'
import { sharedNow } from '../db/engine.ts'
import type { Schema } from '../db/schema.ts'
import type { QueueRows, QueueTable } from './queue.store.ts'

/** A job that waits or is in a worker's hands. */
export interface QueuedJob {
  accountId: number
  /** The rest of its key. */
  key: (number | string)[]
  attempts: number
  /** Of the machine's time. */
  dueAt: number
  /** Until when it is in a worker's hands, by the time that all servers share; 0 when it is in nobody's. */
  leasedUntil: number
}

/** How many jobs wait or are in a worker's hands, as far as they are counted. */
export async function countJobs<Table extends QueueTable>(
  db: Kysely<Schema>,
  queue: QueueRows<Table>,
): Promise<number> {
  const counted = sql<{ count: number }>`select count(*) as count from (
    select 1 from ${sql.table(queue.table)} where state = ${sql.lit(queue.waiting)} limit ${sql.lit(COUNTED_JOBS_MAX)}) job`
  const { rows } = await counted.execute(db)
  return rows[0]?.count ?? 0
}

/**
 * The jobs that wait or are in a worker's hands: account by account, the longest due first.
 *
 * @param now of the machine's time
 * @param after the last job of the page before
 */
export async function listJobs<Table extends QueueTable>(
  db: Kysely<Schema>,
  queue: QueueRows<Table>,
  now: number,
  limit: number,
  after?: Pick<QueuedJob, 'accountId' | 'dueAt' | 'key'>,
): Promise<QueuedJob[]> {
  const key = Object.keys(queue.key)
  const order = sql.join(['account_id', 'due_at', ...key].map((name) => sql.ref(name)))
  const isBehind = after
    ? sql`(${order}) > (${sql.join([after.accountId, after.dueAt, ...after.key].map(toBound))})`
    : sql`1 = 1`
  const { rows } = await sql<Record<string, number | string>>`
    select ${order}, attempts, case when leased_until > ${sharedNow(db, now)} then leased_until else 0 end as leased_until from ${sql.table(queue.table)}
    where state = ${sql.lit(queue.waiting)} and ${isBehind} order by ${order} limit ${limit}`.execute(db)
  return rows.map((row) => ({
    accountId: Number(row.account_id),
    key: key.map((name) => row[name] ?? ''),
    attempts: Number(row.attempts),
    dueAt: Number(row.due_at),
    leasedUntil: Number(row.leased_until),
  }))
}

/** As wide as possible: an invented cursor lies after all rows, or before. */
const toBound = (value: number | string) =>
  typeof value === 'number' ? sql`cast(${value} as bigint)` : sql`cast(${value} as text)`
