import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** How many applications were decided each day, by whom and how fast: what the dashboard adds up. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint, strict } = ddl(db)
  await sql`create table decision_day (
    account_id ${bigint} not null,
    day integer not null,
    kind text not null,
    outcome text not null,
    actor text not null,
    speed integer not null,
    decided ${bigint} not null,
    late ${bigint} not null,
    primary key (account_id, day, kind, outcome, actor, speed)
  ) ${strict}`.execute(db)
  // The dashboard reads the last days of every account.
  await sql`create index decision_day_day on decision_day (day)`.execute(db)
  // How fast the older ones were is not known: -1.
  await sql`insert into decision_day (account_id, day, kind, outcome, actor, speed, decided, late)
    select account_id, (decided_at + 28800000) / 86400000, kind, state, decided_by, -1, count(*),
      sum(case when decided_at > due_at then 1 else 0 end)
    from application where decided_at is not null
    group by account_id, (decided_at + 28800000) / 86400000, kind, state, decided_by`.execute(db)
}
