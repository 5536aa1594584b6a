import { type Kysely, PostgresAdapter, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** What applications can be found by, over all accounts, and the applications whose traces are still to be laid. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint, strict } = ddl(db)
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter

  // The trace comes first: who has the same is all that is asked. One tree of whole numbers, because each submission writes
  // some into the middle of it; no foreign key, which would be looked up for each.
  await sql`create table application_trace (
    trace ${bigint} not null,
    account_id ${bigint} not null,
    application_no ${bigint} not null,
    primary key (trace, account_id, application_no)
  ) ${isPostgres ? sql`` : sql`strict, without rowid`}`.execute(db)

  await sql`create table photo_look (
    account_id ${bigint} not null,
    application_no ${bigint} not null,
    digest text not null,
    look text not null,
    primary key (account_id, application_no, digest),
    foreign key (account_id, application_no) references application (account_id, application_no)
  ) ${strict}`.execute(db)

  // Applications from the first to the next one of an account, which are worked off from the latest back.
  await sql`create table trace_backlog (
    account_id ${bigint} not null references account (account_id),
    first_no ${bigint} not null,
    next_no ${bigint} not null,
    primary key (account_id, first_no)
  ) ${strict}`.execute(db)
  await sql`insert into trace_backlog (account_id, first_no, next_no)
    select account_id, 1, max(application_no) from application group by account_id`.execute(db)

  // The console looks for accounts by the beginning of their names, by its bytes, as SQLite compares by itself.
  await sql`create index account_name on account (name ${isPostgres ? sql`collate "C"` : sql``})`.execute(db)
}
