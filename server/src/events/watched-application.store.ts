import { type Kysely, sql } from 'kysely'
import type { ApplicationKey } from '../applications/application-id.ts'
import { claimHolds } from '../applications/claim.store.ts'
import { areIn } from '../db/lists.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'

const selectWatched = prepared((db, { keys, now }: { keys: readonly (readonly number[])[]; now: number }) =>
  db
    .selectFrom('application')
    .select(['account_id', 'application_no', 'state', 'stage', 'version', 'claimed_by', 'claimed_name'])
    .select('claimed_until')
    .select(sql<0 | 1>`case when ${claimHolds(db, now)} then 1 else 0 end`.as('is_claimed'))
    .where(areIn(db, ['account_id', 'application_no'], keys)),
)

export type WatchedRow = Awaited<ReturnType<typeof selectWatched>>[number]

/** How some applications of all accounts stand. @param now of the machine's time */
export async function listWatched(
  db: Kysely<Schema>,
  keys: readonly ApplicationKey[],
  now: number,
): Promise<WatchedRow[]> {
  return await selectWatched(db, { keys: keys.map(({ accountId, applicationNo }) => [accountId, applicationNo]), now })
}

const selectArrived = prepared((db, { since, limit }: { since: number; limit: number }) =>
  db
    .selectFrom('application')
    .select(['account_id', 'application_no', 'kind', 'due_at'])
    .where('applied_at', '>=', since)
    .where('state', '=', sql.lit('under_review'))
    .orderBy('applied_at', 'desc')
    .limit(limit),
)

/** The newest under review, of all accounts. */
export async function listArrived(db: Kysely<Schema>, since: Date, limit: number) {
  return await selectArrived(db, { since: since.getTime(), limit })
}
