import { type Kysely, sql } from 'kysely'

/**
 * A queue's work is found account by account: which accounts have any that is due, and the longest due of one. And what is
 * due later than can be, because a clock was ahead when it was written, is found by the number of tries.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index callback_delivery_turn on callback_delivery (account_id, due_at, delivery_no)
    where state = 'pending'`.execute(db)
  await sql`create index callback_delivery_wait on callback_delivery (attempts, due_at)
    where state = 'pending'`.execute(db)
  await sql`drop index callback_delivery_due`.execute(db)
  await sql`create index application_picture_turn on application_picture
    (account_id, due_at, application_no, field, position) where state = 'waiting'`.execute(db)
  await sql`create index application_picture_wait on application_picture (attempts, due_at)
    where state = 'waiting'`.execute(db)
  await sql`drop index application_picture_due`.execute(db)
}
