import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Issuing a token ends those before it and forgets what has ended long ago. Some clients ask for a token with every
  // call, and without this index each of these would read all tokens of the account.
  await sql`create index access_token_end on access_token (account_id, kind, expires_at)`.execute(db)
}
