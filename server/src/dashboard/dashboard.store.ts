import { type Kysely, sql } from 'kysely'
import type { Schema } from '../db/schema.ts'

/** What was decided on each day from `day` on, by all accounts together. */
export async function listDecisionDays(db: Kysely<Schema>, day: number) {
  return await db
    .selectFrom('decision_day')
    .select(['day', 'kind', 'outcome', 'actor', 'speed'])
    .select(({ fn }) => [sum(fn.sum('decided')).as('decided'), sum(fn.sum('late')).as('late')])
    .where('day', '>=', day)
    .groupBy(['day', 'kind', 'outcome', 'actor', 'speed'])
    .execute()
}

/** PostgreSQL adds up whole numbers to such as JavaScript would not hold. */
const sum = (of: ReturnType<Kysely<Schema>['fn']['sum']>) => sql<number>`cast(${of} as bigint)`

/** Open applications, in classes of when they are due: each due before its end and not before the one before. */
export async function countOpenByDue(db: Kysely<Schema>, ends: readonly Date[]): Promise<number[]> {
  const counts = ends.map((end, index) => {
    const from = ends[index - 1]?.getTime() ?? 0
    return sql<number>`(select count(*) from application
      where state = 'under_review' and due_at >= ${from} and due_at < ${end.getTime()})`.as(`class_${index}`)
  })
  const row: object = await db.selectNoFrom(counts).executeTakeFirstOrThrow()
  return Object.values(row).map(Number)
}
