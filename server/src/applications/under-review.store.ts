import { type Kysely, sql } from 'kysely'
import type { Schema } from '../db/schema.ts'

/** How many applications of all accounts wait for a decision, by whether their due date has passed. */
export async function countUnderReview(db: Kysely<Schema>, now: Date): Promise<{ overdue: number; onTime: number }> {
  const open = db
    .selectFrom('application')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('state', '=', sql.lit('under_review'))
  const overdue = await open.where('due_at', '<', now.getTime()).executeTakeFirstOrThrow()
  const onTime = await open.where('due_at', '>=', now.getTime()).executeTakeFirstOrThrow()
  return { overdue: overdue.count, onTime: onTime.count }
}
