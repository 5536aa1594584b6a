import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** How far the trail was verified, and the order in which reasons are offered. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint, counting, strict } = ddl(db)
  await sql`create table trail_verification (
    verification_no ${counting},
    started_at ${bigint} not null,
    started_by text not null,
    finished_at ${bigint},
    step integer not null,
    accounts ${bigint} not null,
    entries ${bigint} not null,
    installation_entry_no ${bigint} not null,
    position text not null,
    faults text not null
  ) ${strict}`.execute(db)
  await sql`alter table review_reason add column position integer not null default 0`.execute(db)
}
