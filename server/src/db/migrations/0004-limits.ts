import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** Who may call from where and how often, and what was called. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint, strict } = ddl(db)

  await sql`create table account_limit (
    account_id ${bigint} primary key references account (account_id),
    ip_allow text not null,
    daily_limit ${bigint},
    minute_limit ${bigint}
  ) ${strict}`.execute(db)

  await sql`create table api_usage (
    account_id ${bigint} not null references account (account_id),
    day integer not null,
    path text not null,
    used ${bigint} not null,
    primary key (account_id, day, path)
  ) ${strict}`.execute(db)

  await sql`create table quota_reset (
    account_id ${bigint} not null references account (account_id),
    month text not null,
    used integer not null,
    primary key (account_id, month)
  ) ${strict}`.execute(db)

  await sql`create table request_record (
    account_id ${bigint} not null references account (account_id),
    rid text not null,
    at ${bigint} not null,
    cost_ms integer not null,
    url text not null,
    request_body text not null,
    response_body text not null,
    client_ip text not null,
    primary key (account_id, rid)
  ) ${strict}`.execute(db)
  // Old ones are deleted by time, within an account.
  await sql`create index request_record_at on request_record (account_id, at)`.execute(db)
  // Whether a rid is another account's.
  await sql`create index request_record_rid on request_record (rid)`.execute(db)
}
