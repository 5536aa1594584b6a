import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** An access to the shop component can be banned, and can end. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint } = ddl(db)
  await sql`alter table shop_access add column banned_at ${bigint}`.execute(db)
  await sql`alter table shop_access add column cancelled_at ${bigint}`.execute(db)
}
