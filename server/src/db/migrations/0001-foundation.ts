import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint, counting, strict } = ddl(db)

  // Global: read everywhere, written rarely.
  await sql`create table account (
    account_id ${counting},
    appid text not null unique,
    original_id text not null,
    name text not null,
    secret_hash text not null,
    scene_groups text not null,
    created_at ${bigint} not null
  ) ${strict}`.execute(db)

  await sql`create table api_key (key_hash text primary key, created_at ${bigint} not null) ${strict}`.execute(db)

  await sql`create table category (
    third_cat_id ${bigint} primary key,
    third_cat_name text not null,
    second_cat_id ${bigint} not null,
    second_cat_name text not null,
    first_cat_id ${bigint} not null,
    first_cat_name text not null,
    qualification text not null,
    qualification_type integer not null,
    product_qualification text not null,
    product_qualification_type integer not null,
    scene_group_list text not null
  ) ${strict}`.execute(db)

  // One row, on the coordinator of a distributed PostgreSQL: device IDs are handed out once, ever.
  await sql`create table device_ledger (
    ledger_id integer primary key check (ledger_id = 1),
    next_device_id ${bigint} not null
  ) ${strict}`.execute(db)
  await sql`insert into device_ledger (ledger_id, next_device_id) values (1, 1)`.execute(db)

  await sql`create table beacon_uuid (position integer primary key, uuid text not null unique) ${strict}`.execute(db)
  await sql`insert into beacon_uuid (position, uuid) values (0, 'FDA50693-A4E2-4FB1-AFCF-C6EB07647825')`.execute(db)

  // Per account.
  await sql`create table callback_setting (
    account_id ${bigint} primary key references account (account_id),
    url text not null,
    token text not null,
    encoding_aes_key text not null,
    mode text not null,
    format text not null,
    verified_at ${bigint} not null
  ) ${strict}`.execute(db)

  await sql`create table access_token (
    account_id ${bigint} not null references account (account_id),
    token_hash text not null,
    kind text not null,
    salt text,
    forced integer not null,
    issued_at ${bigint} not null,
    expires_at ${bigint} not null,
    replaced_at ${bigint},
    primary key (account_id, token_hash)
  ) ${strict}`.execute(db)

  await sql`create table account_journal (
    account_id ${bigint} primary key references account (account_id),
    application_no ${bigint} not null,
    entry_no ${bigint} not null,
    delivery_no ${bigint} not null,
    entry_hash text not null,
    event_time ${bigint} not null
  ) ${strict}`.execute(db)

  await sql`create table application (
    account_id ${bigint} not null references account (account_id),
    application_no ${bigint} not null,
    kind text not null,
    subject text not null,
    state text not null,
    payload text not null,
    version integer not null,
    applied_at ${bigint} not null,
    due_at ${bigint} not null,
    decided_at ${bigint},
    decided_by text,
    reason text not null,
    resubmission_of ${bigint},
    primary key (account_id, application_no)
  ) ${strict}`.execute(db)
  // Two submissions of one subject cannot both be open, whatever the code above does.
  await sql`create unique index application_open on application (account_id, kind, subject)
    where state = 'under_review'`.execute(db)
  // A submission looks for the last application about its subject.
  await sql`create index application_subject on application (account_id, kind, subject, application_no)`.execute(db)
  // The reviewers' queue: open applications of all accounts, the most urgent first.
  await sql`create index application_due on application (due_at, account_id, application_no)
    where state = 'under_review'`.execute(db)
  // Lists over all accounts, the newest first.
  await sql`create index application_applied on application (applied_at, account_id, application_no)`.execute(db)

  await sql`create table application_picture (
    account_id ${bigint} not null,
    application_no ${bigint} not null,
    field text not null,
    position integer not null,
    reference text not null,
    state text not null,
    link_key text,
    failure text,
    attempts integer not null,
    due_at ${bigint} not null,
    leased_until ${bigint} not null,
    primary key (account_id, application_no, field, position),
    foreign key (account_id, application_no) references application (account_id, application_no)
  ) ${strict}`.execute(db)
  // The queue of pictures to fetch.
  await sql`create index application_picture_due on application_picture (due_at) where state = 'waiting'`.execute(db)

  await sql`create table audit_entry (
    account_id ${bigint} not null references account (account_id),
    entry_no ${bigint} not null,
    application_no ${bigint},
    at ${bigint} not null,
    actor text not null,
    action text not null,
    detail text not null,
    hash text not null,
    primary key (account_id, entry_no)
  ) ${strict}`.execute(db)

  await sql`create table callback_delivery (
    account_id ${bigint} not null,
    delivery_no ${bigint} not null,
    application_no ${bigint} not null,
    event text not null,
    message text not null,
    state text not null,
    attempts integer not null,
    created_at ${bigint} not null,
    started_at ${bigint} not null,
    due_at ${bigint} not null,
    leased_until ${bigint} not null,
    delivered_at ${bigint},
    primary key (account_id, delivery_no),
    foreign key (account_id, application_no) references application (account_id, application_no)
  ) ${strict}`.execute(db)
  // The queue of deliveries.
  await sql`create index callback_delivery_due on callback_delivery (due_at) where state = 'pending'`.execute(db)
  // Lists over all accounts, the newest first.
  await sql`create index callback_delivery_created on callback_delivery (created_at, account_id, delivery_no)`.execute(
    db,
  )

  await sql`create table delivery_attempt (
    account_id ${bigint} not null,
    delivery_no ${bigint} not null,
    attempt_no integer not null,
    at ${bigint} not null,
    duration_ms integer not null,
    url text not null,
    status integer,
    outcome text not null,
    primary key (account_id, delivery_no, attempt_no),
    foreign key (account_id, delivery_no) references callback_delivery (account_id, delivery_no)
  ) ${strict}`.execute(db)

  await sql`create table device_quota (
    account_id ${bigint} primary key references account (account_id),
    ceiling ${bigint} not null,
    allocated ${bigint} not null check (allocated >= 0)
  ) ${strict}`.execute(db)

  await sql`create table device_batch (
    account_id ${bigint} not null,
    last_device_id ${bigint} not null,
    first_device_id ${bigint} not null,
    application_no ${bigint} not null,
    account_offset ${bigint} not null,
    comment text not null,
    poi_id ${bigint} not null,
    allocated_at ${bigint} not null,
    primary key (account_id, last_device_id),
    foreign key (account_id, application_no) references application (account_id, application_no)
  ) ${strict}`.execute(db)
  await sql`create unique index device_batch_application on device_batch (account_id, application_no)`.execute(db)
  // The older paging by offset finds its first batch here.
  await sql`create unique index device_batch_offset on device_batch (account_id, account_offset)`.execute(db)

  await sql`create table store (
    account_id ${bigint} not null references account (account_id),
    poi_id ${bigint} not null,
    business_name text not null,
    created_at ${bigint} not null,
    primary key (account_id, poi_id)
  ) ${strict}`.execute(db)

  await sql`create table category_grant (
    account_id ${bigint} not null,
    third_cat_id ${bigint} not null,
    application_no ${bigint} not null,
    granted_at ${bigint} not null,
    primary key (account_id, third_cat_id),
    foreign key (account_id, application_no) references application (account_id, application_no)
  ) ${strict}`.execute(db)

  await sql`create table picture (
    account_id ${bigint} not null references account (account_id),
    digest text not null,
    media_type text not null,
    width integer not null,
    height integer not null,
    bytes ${bigint} not null,
    created_at ${bigint} not null,
    primary key (account_id, digest)
  ) ${strict}`.execute(db)

  // A link is all that the world sends us of a picture, so its key is the whole key and the shard.
  await sql`create table picture_link (
    link_key text primary key,
    account_id ${bigint} not null,
    digest text not null,
    purpose text not null,
    created_at ${bigint} not null
  ) ${strict}`.execute(db)
}
