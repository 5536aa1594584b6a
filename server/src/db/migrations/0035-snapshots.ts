import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** Snapshots of a sandbox: of an account, or without one of everything. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint, strict } = ddl(db)
  await sql`create table sandbox_snapshot (
    name text not null primary key,
    appid text,
    taken_at ${bigint} not null,
    bytes ${bigint} not null,
    drawn text not null,
    file text,
    content text
  ) ${strict}`.execute(db)
}
