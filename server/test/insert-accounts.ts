import { type Kysely, sql } from 'kysely'
import type { Schema } from '../src/db/schema.ts'

/** Rows of accounts with nothing behind them, for a test that needs them to be there. */
export async function insertAccounts(db: Kysely<Schema>, accountIds: readonly number[]): Promise<void> {
  await sql`insert into account (account_id, appid, original_id, name, secret_hash, scene_groups, created_at)
    values ${sql.join(accountIds.map((id) => sql`(${id}, ${`wx${id}`}, 'gh', 'Acme', '', '[]', 0)`))}`.execute(db)
}
