import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'

/** One that is there already stays as it is. */
export async function insertApiKey(db: Kysely<Schema>, keyHash: string, at: Date): Promise<void> {
  await db
    .insertInto('api_key')
    .values({ key_hash: keyHash, created_at: at.getTime() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function hasApiKey(db: Kysely<Schema>, keyHash: string): Promise<boolean> {
  const row = await db.selectFrom('api_key').select('key_hash').where('key_hash', '=', keyHash).executeTakeFirst()
  return row !== undefined
}
