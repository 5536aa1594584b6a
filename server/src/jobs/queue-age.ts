import { type Kysely, sql } from 'kysely'
import type { Schema } from '../db/schema.ts'

export interface QueueAge {
  queue: 'deliveries' | 'pictures'
  /** How long the oldest due work has been waiting; 0 when there is none. */
  ageMs: number
}

/** How far behind the queues are. */
export async function readQueueAges(db: Kysely<Schema>, now: Date): Promise<QueueAge[]> {
  const deliveries = await db
    .selectFrom('callback_delivery')
    .select('due_at')
    .where('state', '=', sql.lit('pending'))
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  const pictures = await db
    .selectFrom('application_picture')
    .select('due_at')
    .where('state', '=', sql.lit('waiting'))
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  const ageOf = (oldest: { due_at: number } | undefined) => Math.max(0, now.getTime() - (oldest?.due_at ?? Infinity))
  return [
    { queue: 'deliveries', ageMs: ageOf(deliveries) },
    { queue: 'pictures', ageMs: ageOf(pictures) },
  ]
}
