import { type Kysely, sql } from 'kysely'
import { ddl } from './ddl.ts'

/** Which check ended a request and what it found, and what a sandbox did to it. Of requests from before, nothing is known: their path is empty. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { bigint } = ddl(db)
  const add = (column: ReturnType<typeof sql>) => sql`alter table request_record add column ${column}`.execute(db)
  await add(sql`path text not null default ''`)
  await add(sql`problem text`)
  await add(sql`ended_at_check text`)
  await add(sql`findings text not null default '[]'`)
  await add(sql`injected_by text`)
  await add(sql`outcome_by text`)
  await add(sql`ahead_ms ${bigint} not null default 0`)
}
