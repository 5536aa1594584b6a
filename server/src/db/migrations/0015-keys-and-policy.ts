import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** Keys have names, roles and an end; what belongs to no account has a trail and a policy of its own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint, strict } = ddl(db)
  await sql`alter table api_key add column name text not null default ''`.execute(db)
  await sql`alter table api_key add column roles text not null default '["reviewer","lead","operator","auditor"]'`.execute(
    db,
  )
  await sql`alter table api_key add column created_by text not null default 'server'`.execute(db)
  await sql`alter table api_key add column ends_at ${bigint}`.execute(db)
  await sql`alter table api_key add column last_used_at ${bigint}`.execute(db)
  await sql`alter table api_key add column revoked_at ${bigint}`.execute(db)
  // Each server's data directory had one: the first, first-2, …
  await sql`update api_key set name = 'first' || coalesce('-' || cast(nullif(1 + (
    select count(*) from api_key as older where older.created_at < api_key.created_at
      or (older.created_at = api_key.created_at and older.key_hash < api_key.key_hash)
  ), 1) as text), '')`.execute(db)
  // The trail names who acted by a key.
  await sql`create unique index api_key_name on api_key (name)`.execute(db)

  // One row: the head of the installation's trail. Its lock orders the changes of what belongs to no account.
  await sql`create table installation_journal (
    journal_id integer primary key check (journal_id = 1),
    entry_no ${bigint} not null,
    entry_hash text not null
  ) ${strict}`.execute(db)
  await sql`insert into installation_journal (journal_id, entry_no, entry_hash)
    values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000')`.execute(db)
  await sql`create table installation_entry (
    entry_no ${bigint} primary key,
    at ${bigint} not null,
    actor text not null,
    action text not null,
    detail text not null,
    hash text not null
  ) ${strict}`.execute(db)

  // What was changed of the policy, one version a change; what it does not name has its first value.
  await sql`create table policy_version (
    version ${bigint} primary key,
    settings text not null,
    at ${bigint} not null,
    actor text not null,
    reason text not null
  ) ${strict}`.execute(db)
  // Holidays that were loaded, one row a year.
  await sql`create table calendar_year (
    year integer primary key,
    days text not null,
    loaded_at ${bigint} not null
  ) ${strict}`.execute(db)
  // By which calendar the due times of open applications were computed.
  await sql`create table due_calendar (
    row_id integer primary key check (row_id = 1),
    calendar_hash text not null,
    computed_at ${bigint} not null
  ) ${strict}`.execute(db)
}
