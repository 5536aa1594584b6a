import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** Whose a device ID is, over all accounts: one row a batch beside the ledger, so that nobody asks every account's rows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint, strict } = ddl(db)
  // No foreign key: a batch of the same transaction has one, and a check of it would ask another node on Citus.
  await sql`create table device_range (
    last_device_id ${bigint} not null primary key,
    account_id ${bigint} not null
  ) ${strict}`.execute(db)
  await sql`insert into device_range (last_device_id, account_id)
    select last_device_id, account_id from device_batch`.execute(db)
}
