import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** Stores under review, brands, the shop's access and its settings. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint, double, strict } = ddl(db)

  await sql`alter table store add column base_info text not null default '{}'`.execute(db)
  await sql`alter table store add column state text not null default 'approved'`.execute(db)
  await sql`alter table store add column reason text not null default ''`.execute(db)
  await sql`alter table store add column longitude ${double}`.execute(db)
  await sql`alter table store add column latitude ${double}`.execute(db)
  // The change that waits for its review; null when there is none.
  await sql`alter table store add column pending_update text`.execute(db)
  await sql`alter table store add column deleted_at ${bigint}`.execute(db)

  await sql`create table brand_grant (
    account_id ${bigint} not null,
    brand_id ${bigint} not null,
    brand_wording text not null,
    subject text not null,
    application_no ${bigint} not null,
    granted_at ${bigint} not null,
    primary key (account_id, brand_id),
    foreign key (account_id, application_no) references application (account_id, application_no)
  ) ${strict}`.execute(db)
  await sql`create unique index brand_grant_subject on brand_grant (account_id, subject)`.execute(db)

  // One row an account that asked for the component.
  await sql`create table shop_access (
    account_id ${bigint} primary key references account (account_id),
    connected_at ${bigint},
    finished_items text not null,
    service_info text not null
  ) ${strict}`.execute(db)
}
