import { type Kysely, sql } from 'kysely'

/** A phone hears devices without knowing whose they are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Whose batch holds a device, over all accounts. Not unique: Citus could not keep it so; the ledger does.
  await sql`create index device_batch_last_device on device_batch (last_device_id)`.execute(db)
}
