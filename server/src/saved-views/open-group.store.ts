import type { KindName, ReviewStage } from '@shenpi/sdk/contract/states'
import { type Kysely, sql } from 'kysely'
import { claimHolds } from '../applications/claim.store.ts'
import type { Schema } from '../db/schema.ts'
import { chinaDay, midnightOf } from '../time/china-time.ts'
import type { Clock } from '../time/clock.ts'

/** Open applications that no filter of the queue tells apart, but for who asks. */
export interface OpenGroup {
  kind: KindName
  stage: ReviewStage
  overdue: 0 | 1
  today: 0 | 1
  /** Who has them claimed. */
  claimed_by: string | null
  count: number
}

/**
 * How many of the most urgent open applications are in each group, in one look.
 *
 * @param limit so many are looked at
 */
export async function listOpenGroups(
  db: Kysely<Schema>,
  clock: Clock,
  limit: number,
  accountId?: number,
): Promise<OpenGroup[]> {
  const now = clock.installation()
  const tomorrow = midnightOf(chinaDay(now) + 1).getTime()
  let open = db
    .selectFrom('application')
    .select(['kind', 'stage'])
    .select(sql<0 | 1>`case when due_at < ${now.getTime()} then 1 else 0 end`.as('overdue'))
    .select(sql<0 | 1>`case when due_at >= ${now.getTime()} and due_at < ${tomorrow} then 1 else 0 end`.as('today'))
    .select(sql<string | null>`case when ${claimHolds(db, clock.machine())} then claimed_by end`.as('claimed_by'))
    .where('state', '=', sql.lit('under_review'))
    .limit(limit)
  // Within an account by the index of what it has open, of all by when it is due.
  open = accountId === undefined ? open.orderBy('due_at') : open.where('account_id', '=', accountId)
  const columns = ['kind', 'stage', 'overdue', 'today', 'claimed_by'] as const
  const rows = await db
    .selectFrom(open.as('open'))
    .select(columns)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .groupBy(columns)
    .execute()
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}
