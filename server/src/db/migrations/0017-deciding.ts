import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/**
 * What stands between submitting and an outcome: claims, opinions, decisions that wait, notes; and beside them the library of
 * reasons and the samples of decisions.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint, counting, strict } = ddl(db)

  // In the application's own row, so that a decision reads and clears them with it.
  await sql`alter table application add column stage text not null default 'open'`.execute(db)
  await sql`alter table application add column claimed_by text`.execute(db)
  await sql`alter table application add column claimed_name text`.execute(db)
  await sql`alter table application add column claimed_until ${bigint} not null default 0`.execute(db)
  await sql`alter table application add column rejected_fields text`.execute(db)
  // Few applications are claimed, and few are at another stage than the first: each filter of the queue reads only those.
  await sql`create index application_claimed on application (claimed_until)
    where state = 'under_review' and claimed_until > 0`.execute(db)
  await sql`create index application_stage on application (stage, due_at, account_id, application_no)
    where state = 'under_review' and stage <> 'open'`.execute(db)

  await sql`create table application_opinion (
    account_id ${bigint} not null,
    application_no ${bigint} not null,
    opinion_no integer not null,
    move text not null,
    actor_key text not null,
    actor text not null,
    note text not null,
    at ${bigint} not null,
    primary key (account_id, application_no, opinion_no),
    foreign key (account_id, application_no) references application (account_id, application_no)
  ) ${strict}`.execute(db)

  await sql`create table application_note (
    account_id ${bigint} not null,
    application_no ${bigint} not null,
    note_no integer not null,
    actor text not null,
    at ${bigint} not null,
    text text not null,
    primary key (account_id, application_no, note_no),
    foreign key (account_id, application_no) references application (account_id, application_no)
  ) ${strict}`.execute(db)

  await sql`create table scheduled_decision (
    account_id ${bigint} not null,
    application_no ${bigint} not null,
    state text not null,
    move text not null,
    reason text not null,
    fields text not null,
    template text,
    override integer not null,
    version integer not null,
    actor_key text not null,
    actor text not null,
    decided_at ${bigint} not null,
    leads_to text not null,
    bulk_id text,
    refusal text,
    attempts integer not null,
    due_at ${bigint} not null,
    leased_until ${bigint} not null,
    primary key (account_id, application_no),
    foreign key (account_id, application_no) references application (account_id, application_no)
  ) ${strict}`.execute(db)
  // A queue's indexes: see QueueRows.
  await sql`create index scheduled_decision_turn on scheduled_decision (account_id, due_at, application_no)
    where state = 'waiting'`.execute(db)
  await sql`create index scheduled_decision_leased on scheduled_decision (account_id, leased_until)
    where state = 'waiting' and leased_until > 0`.execute(db)
  await sql`create index scheduled_decision_wait on scheduled_decision (attempts, due_at)
    where state = 'waiting'`.execute(db)

  // One row a bulk decision, which says whether the scheduled decisions of all its accounts count.
  await sql`create table bulk_decision (
    bulk_id text primary key,
    state text not null,
    kind text not null,
    move text not null,
    reason text not null,
    fields text not null,
    actor_key text not null,
    actor text not null,
    applications text not null,
    decided_at ${bigint} not null,
    due_at ${bigint} not null
  ) ${strict}`.execute(db)

  await sql`create table decision_sample (
    account_id ${bigint} not null,
    application_no ${bigint} not null,
    kind text not null,
    move text not null,
    reason_no ${bigint},
    decider_keys text not null,
    drawn_at ${bigint} not null,
    answered_move text,
    answered_by text,
    answered_note text,
    answered_at ${bigint},
    primary key (account_id, application_no),
    foreign key (account_id, application_no) references application (account_id, application_no)
  ) ${strict}`.execute(db)
  // Those that wait for their second review, of all accounts, the oldest first.
  await sql`create index decision_sample_drawn on decision_sample (drawn_at, account_id, application_no)
    where answered_at is null`.execute(db)
  // How often second reviews agreed, of late.
  await sql`create index decision_sample_of_late on decision_sample (drawn_at, kind)`.execute(db)

  await sql`create table review_reason (
    reason_no ${counting},
    kind text not null,
    move text not null
  ) ${strict}`.execute(db)
  await sql`create index review_reason_kind on review_reason (kind, reason_no)`.execute(db)
  await sql`create table review_reason_version (
    reason_no ${bigint} not null,
    version integer not null,
    title_zh text not null,
    title_en text not null,
    text_zh text not null,
    text_en text not null,
    fields text not null,
    retired integer not null,
    actor text not null,
    at ${bigint} not null,
    primary key (reason_no, version)
  ) ${strict}`.execute(db)
}
