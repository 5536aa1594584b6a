import { type Kysely, sql } from 'kysely'

/** An account has only so many jobs of a queue under way: those are counted whenever some are taken. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index callback_delivery_leased on callback_delivery (account_id, leased_until)
    where state = 'pending' and leased_until > 0`.execute(db)
  await sql`create index application_picture_leased on application_picture (account_id, leased_until)
    where state = 'waiting' and leased_until > 0`.execute(db)
}
