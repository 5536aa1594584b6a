import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** The clocks of a sandbox that are set; account 0 is the server itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint, strict } = ddl(db)
  await sql`create table sandbox_clock (
    account_id ${bigint} not null primary key,
    offset_ms ${bigint} not null,
    frozen_at ${bigint}
  ) ${strict}`.execute(db)
}
