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
  const trigger = `refuse_${table}`
  if (name === 'sqlite') {
    await run(`create trigger ${trigger} before insert on ${table} when new.account_id = ${accountId}
      begin select raise(abort, 'the shard is down'); end`)
  } else {
    await run(`create function ${trigger}() returns trigger language plpgsql as
      $$ begin raise exception 'the shard is down'; end $$`)
    await run(`create trigger ${trigger} before insert on ${table} for each row
      when (new.account_id = ${accountId}) execute function ${trigger}()`)
  }
  return async () => {
    await run(name === 'sqlite' ? `drop trigger ${trigger}` : `drop function ${trigger} cascade`)
  }
}
