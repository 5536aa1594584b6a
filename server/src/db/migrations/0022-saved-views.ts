import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** Choices of the queue's filters under a name: of a member of the staff, or of all. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint, counting, strict } = ddl(db)
  await sql`create table saved_view (
    view_no ${counting},
    staff_id ${bigint} not null,
    name text not null,
    name_key text not null,
    filters text not null,
    actor text not null,
    changed_at ${bigint} not null
  ) ${strict}`.execute(db)
  // The views of one person, and of all, are 0's; each name once among them.
  await sql`create unique index saved_view_name on saved_view (staff_id, name_key)`.execute(db)
}
