import { type Kysely, sql } from 'kysely'
import type { Schema } from '../src/db/schema.ts'
import type { DatabaseKind } from './databases.ts'

/**
 * Make the database refuse every insert for one account, as when its shard is down. Others go on.
 *
 * @returns what ends it
 */
export async function refuseAccount(
  db: Kysely<Schema>,
  { name }: Pick<DatabaseKind, 'name'>,
  table: 'request_record' | 'api_usage' | 'shake_count',
  accountId: number,
): Promise<() => Promise<void>> {
  const run = (text: string) => sql.raw(text).execute(db)
  const refusal = `the_shard_of_${table}_is_down`
  if (name === 'sqlite') {
    await run(`create trigger ${refusal} before insert on ${table} when new.account_id = ${accountId}
      begin select raise(abort, '${refusal}'); end`)
    return async () => void (await run(`drop trigger ${refusal}`))
  }
  // Citus knows no triggers of tables in shards, and SQLite adds no constraint to a table.
  await run(`alter table ${table} add constraint ${refusal} check (account_id <> ${accountId}) not valid`)
  return async () => void (await run(`alter table ${table} drop constraint ${refusal}`))
}
