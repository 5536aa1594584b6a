import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** The clocks of a sandbox that are set, account 0 being the server itself; and its seeds, with how often each began anew. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint, strict } = ddl(db)
  await sql`create table sandbox_clock (
    account_id ${bigint} not null primary key,
    offset_ms ${bigint} not null,
    frozen_at ${bigint}
  ) ${strict}`.execute(db)
  await sql`create table sandbox_seed (
    seed_hash text not null primary key,
    starts ${bigint} not null
  ) ${strict}`.execute(db)
}
