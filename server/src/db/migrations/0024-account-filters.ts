import { type Kysely, sql } from 'kysely'

/** Accounts that something is the matter with: few, and found among all by these. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index account_frozen on account (account_id) where frozen_at is not null`.execute(db)
  await sql`create index account_secret_frozen on account (account_id) where secret_frozen_at is not null`.execute(db)
  await sql`create index account_unverified on account (account_id) where verified = 0`.execute(db)
}
