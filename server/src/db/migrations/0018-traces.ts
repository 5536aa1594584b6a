import { type Kysely, PostgresAdapter, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** What applications can be found by, over all accounts, and the applications whose traces are still to be laid. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint, strict } = ddl(db)
  // The beginning of a value is looked for by its bytes, as SQLite compares by itself.
  const bytewise = sql.raw(db.getExecutor().adapter instanceof PostgresAdapter ? 'collate "C"' : '')

  await sql`create table application_trace (
    account_id ${bigint} not null,
    application_no ${bigint} not null,
    kind text not null,
    value text ${bytewise} not null,
    primary key (account_id, application_no, kind, value),
    foreign key (account_id, application_no) references application (account_id, application_no)
  ) ${strict}`.execute(db)
  // Who else has the same: the search of the console and its signals.
  await sql`create index application_trace_value on application_trace (kind, value, account_id, application_no)`.execute(
    db,
  )
  // The console looks for accounts by the beginning of their names.
  await sql`create index account_name on account (name ${bytewise})`.execute(db)

  // Applications from the first to the next one of an account, which are worked off from the latest back.
  await sql`create table trace_backlog (
    account_id ${bigint} not null references account (account_id),
    first_no ${bigint} not null,
    next_no ${bigint} not null,
    primary key (account_id, first_no)
  ) ${strict}`.execute(db)
  await sql`insert into trace_backlog (account_id, first_no, next_no)
    select account_id, 1, max(application_no) from application group by account_id`.execute(db)
}
