import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** An account may be frozen, or its secret alone, or not be verified. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint } = ddl(db)
  await sql`alter table account add column verified integer not null default 1`.execute(db)
  await sql`alter table account add column frozen_at ${bigint}`.execute(db)
  await sql`alter table account add column secret_frozen_at ${bigint}`.execute(db)
}
