import { sql } from 'kysely'
import type { DatabaseKind } from './databases.ts'
import type { TestServer } from './start-server.ts'

/** So many are open. */
export const OPEN = 100_000

/** Applications that are due one after another, fifty of them claimed by others, two in a thousand at another stage. */
export async function layOpenApplications(
  { services: { db }, clock }: TestServer,
  accountId: number,
  database: DatabaseKind['name'],
): Promise<void> {
  const numbers =
    database === 'sqlite'
      ? sql`(with recursive n (i) as (select 1 union all select i + 1 from n where i < ${sql.lit(OPEN)}) select i from n)`
      : sql`(select generate_series(1, ${sql.lit(OPEN)}) as i)`
  const now = sql.lit(clock.now().getTime())
  await sql`insert into application (account_id, application_no, kind, subject, state, payload, version, applied_at, due_at,
      reason, stage, claimed_by, claimed_name, claimed_until)
    select ${sql.lit(accountId)}, i, 'category_qualification', 'category:' || i, 'under_review',
      '{"level1":1,"level2":2,"level3":3,"scene_group_list":[1]}', 1, ${now},
      ${now} - 50000000000 + i * cast(1000000 as bigint), '',
      case when i % 1000 = 999 then 'second_opinion' when i % 1000 = 998 then 'scheduled' else 'open' end,
      case when i > ${sql.lit(OPEN - 50)} then 'key:x' end, case when i > ${sql.lit(OPEN - 50)} then 'key:x' end,
      case when i > ${sql.lit(OPEN - 50)} then 9000000000000 when i % 3 = 0 then 1 else 0 end
    from ${numbers} number`.execute(db)
  if (database !== 'sqlite') await sql`analyze application`.execute(db)
}
