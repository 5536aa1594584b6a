import { type Kysely, sql } from 'kysely'
import { PICTURES_PER_ACCOUNT } from '../applications/picture.store.ts'
import { DELIVERIES_PER_ACCOUNT } from '../callbacks/delivery.store.ts'
import type { Schema } from '../db/schema.ts'

export interface QueueAge {
  queue: 'deliveries' | 'pictures'
  /** How long the oldest due work has been waiting; 0 when there is none. */
  ageMs: number
}

/** The part of its share that an account has under way while it is served: between two jobs it is not the whole. */
const SERVED = 0.75

/**
 * How far behind the queues are. An account that has its share under way is served, however much of it waits: one merchant
 * whose server hangs says nothing of ours.
 */
export async function readQueueAges(db: Kysely<Schema>, now: Date): Promise<QueueAge[]> {
  const ageOf = async (table: keyof Schema, waiting: string, share: number) => {
    const from = sql.table(table)
    const isWaiting = sql`state = ${sql.lit(waiting)}`
    const { rows } = await sql<{ due_at: number }>`
      select due_at from ${from}
      where ${isWaiting} and account_id not in (
        select account_id from ${from}
        where ${isWaiting} and leased_until > 0 and leased_until > ${now.getTime()}
        group by account_id having count(*) >= ${sql.lit(Math.ceil(SERVED * share))}
      )
      order by due_at limit 1`.execute(db)
    return Math.max(0, now.getTime() - (rows[0]?.due_at ?? Infinity))
  }
  return [
    { queue: 'deliveries', ageMs: await ageOf('callback_delivery', 'pending', DELIVERIES_PER_ACCOUNT) },
    { queue: 'pictures', ageMs: await ageOf('application_picture', 'waiting', PICTURES_PER_ACCOUNT) },
  ]
}
