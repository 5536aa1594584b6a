import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** Device IDs from here on have beacons without a 0; those that were handed out before keep theirs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint } = ddl(db)
  await sql`alter table device_ledger add column nonzero_from ${bigint} not null default 1`.execute(db)
  await sql`update device_ledger set nonzero_from = next_device_id`.execute(db)
}
