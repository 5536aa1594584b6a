import { type Kysely, sql } from 'kysely'
import type { Schema } from '../db/schema.ts'

/** Count a start with a seed. @returns how many there were before */
export async function countStart(db: Kysely<Schema>, seedHash: string): Promise<number> {
  const { starts } = await db
    .insertInto('sandbox_seed')
    .values({ seed_hash: seedHash, starts: 1 })
    .onConflict((conflict) => conflict.column('seed_hash').doUpdateSet({ starts: sql`sandbox_seed.starts + 1` }))
    .returning('starts')
    .executeTakeFirstOrThrow()
  return Number(starts) - 1
}
