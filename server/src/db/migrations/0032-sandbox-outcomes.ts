import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** The rules of a sandbox, account 0 being all of them together; and what they make of applications. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint, strict } = ddl(db)
  await sql`create table sandbox_outcome_rule (
    account_id ${bigint} not null,
    name text not null,
    position integer not null,
    rule text not null,
    hits ${bigint} not null,
    primary key (account_id, name)
  ) ${strict}`.execute(db)
  await sql`create table sandbox_outcome (
    account_id ${bigint} not null,
    application_no ${bigint} not null,
    state text not null,
    actor text not null,
    move text not null,
    reason text not null,
    fields text not null,
    polls_left integer,
    refusal text,
    attempts integer not null,
    due_at ${bigint} not null,
    leased_until ${bigint} not null,
    primary key (account_id, application_no),
    foreign key (account_id, application_no) references application (account_id, application_no)
  ) ${strict}`.execute(db)
  // A queue's indexes: see QueueRows.
  await sql`create index sandbox_outcome_turn on sandbox_outcome (account_id, due_at, application_no)
    where state = 'waiting'`.execute(db)
  await sql`create index sandbox_outcome_leased on sandbox_outcome (account_id, leased_until)
    where state = 'waiting' and leased_until > 0`.execute(db)
  await sql`create index sandbox_outcome_wait on sandbox_outcome (attempts, due_at)
    where state = 'waiting'`.execute(db)
  // Each status query asks whether one waits for it.
  await sql`create index sandbox_outcome_polling on sandbox_outcome (account_id, application_no)
    where state = 'polling'`.execute(db)
}
