import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** Pages, devices of which something is said alone, groups, and what shakes add up to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint, strict } = ddl(db)

  for (const counter of ['page_no', 'group_no', 'poi_no', 'brand_no']) {
    await sql`alter table account_journal add column ${sql.ref(counter)} ${bigint} not null default 0`.execute(db)
  }

  // What an installation draws once and every server of it shares.
  await sql`create table installation_secret (name text primary key, value text not null) ${strict}`.execute(db)

  await sql`create table page (
    account_id ${bigint} not null references account (account_id),
    page_id ${bigint} not null,
    title text not null,
    description text not null,
    page_url text not null,
    icon_url text not null,
    comment text not null,
    created_at ${bigint} not null,
    primary key (account_id, page_id)
  ) ${strict}`.execute(db)

  // Only devices of which something is said alone; a null means what the batch says.
  await sql`create table device (
    account_id ${bigint} not null references account (account_id),
    device_id ${bigint} not null,
    comment text,
    poi_id ${bigint},
    poi_appid text,
    last_active_at ${bigint},
    primary key (account_id, device_id)
  ) ${strict}`.execute(db)

  await sql`create table device_page (
    account_id ${bigint} not null,
    device_id ${bigint} not null,
    page_id ${bigint} not null,
    primary key (account_id, device_id, page_id),
    foreign key (account_id, page_id) references page (account_id, page_id)
  ) ${strict}`.execute(db)
  // The devices of a page, in their order; and whether a page is in use.
  await sql`create index device_page_page on device_page (account_id, page_id, device_id)`.execute(db)

  await sql`create table device_group (
    account_id ${bigint} not null references account (account_id),
    group_id ${bigint} not null,
    group_name text not null,
    device_count integer not null,
    created_at ${bigint} not null,
    primary key (account_id, group_id)
  ) ${strict}`.execute(db)

  await sql`create table device_group_member (
    account_id ${bigint} not null,
    group_id ${bigint} not null,
    device_id ${bigint} not null,
    primary key (account_id, group_id, device_id),
    foreign key (account_id, group_id) references device_group (account_id, group_id)
  ) ${strict}`.execute(db)

  // One row a device or page and day. A sketch holds who was counted: exact while few, estimated beyond.
  await sql`create table shake_count (
    account_id ${bigint} not null,
    day integer not null,
    subject text not null,
    subject_id ${bigint} not null,
    shake_pv ${bigint} not null,
    shake_uv ${bigint} not null,
    click_pv ${bigint} not null,
    click_uv ${bigint} not null,
    shake_sketch text not null,
    click_sketch text not null,
    primary key (account_id, day, subject, subject_id)
  ) ${strict}`.execute(db)
  // The lists of a day, by the number of people.
  await sql`create index shake_count_uv on shake_count (account_id, day, subject, shake_uv, subject_id)`.execute(db)
}
