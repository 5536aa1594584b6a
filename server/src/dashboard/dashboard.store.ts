import { type Kysely, sql } from 'kysely'
import type { Schema } from '../db/schema.ts'

/** What was decided on a day, by all accounts together. */
export async function listDecisionsOf(db: Kysely<Schema>, day: number) {
  return await db
    .selectFrom('decision_day')
    .select(['day', 'kind', 'outcome', 'actor', 'speed'])
    .select(({ fn }) => [sum(fn.sum('decided')).as('decided'), sum(fn.sum('late')).as('late')])
    .where('day', '=', day)
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

/** When the open application that is due first was submitted. */
export async function findOldestOpen(db: Kysely<Schema>): Promise<Date | undefined> {
  const row = await db
    .selectFrom('application')
    .select('applied_at')
    .where('state', '=', sql.lit('under_review'))
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  return row && new Date(row.applied_at)
}

/** How many of the newest callbacks are in each state. @param limit so many are looked at */
export async function countDeliveries(db: Kysely<Schema>, since: Date, limit: number) {
  const newest = db
    .selectFrom('callback_delivery')
    .select('state')
    .where('created_at', '>=', since.getTime())
    .orderBy('created_at', 'desc')
    .limit(limit)
  return await db
    .selectFrom(newest.as('newest'))
    .select('state')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .groupBy('state')
    .execute()
}
