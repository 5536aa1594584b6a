import { type Kysely, sql } from 'kysely'
import type { Schema } from '../db/schema.ts'

/** Of a row of the staff: its roles are a JSON array. */
export const isOperator = sql<boolean>`roles like '%"operator"%'`

/** Whether anybody can let others in. In a file of its own because each start asks. */
export async function hasOperator(db: Kysely<Schema>): Promise<boolean> {
  const row = await db.selectFrom('staff').select('staff_id').where(isOperator).limit(1).executeTakeFirst()
  return row !== undefined
}
