import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** What mini programs were registered with; one row an account of which it was recorded. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint, strict } = ddl(db)
  await sql`create table miniapp_certificate (
    account_id ${bigint} primary key references account (account_id),
    category_info_list text not null,
    brand_info text
  ) ${strict}`.execute(db)
}
