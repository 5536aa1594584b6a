import type { Kysely, Selectable, Transaction } from 'kysely'
import { insertRows } from '../db/lists.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'

/** How often an account made a call on a day (in China, counted from 1970-01-01). */
export interface Usage {
  accountId: number
  day: number
  path: string
  used: number
}

const selectDay = prepared((db, { accountId, day }: { accountId: number; day: number }) =>
  db.selectFrom('api_usage').select(['path', 'used']).where('account_id', '=', accountId).where('day', '=', day),
)

const addRows = prepared((db, { rows }: { rows: Selectable<Schema['api_usage']>[] }) =>
  insertRows(db, 'api_usage', rows, { account_id: 'bigint', day: 'bigint', path: 'text', used: 'bigint' })
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'day', 'path'])
        .doUpdateSet((row) => ({ used: row('api_usage.used', '+', row.ref('excluded.used')) })),
    )
    .returning(['account_id', 'day', 'path', 'used']),
)

/** What an account called on a day, by path. */
export async function readUsage(
  db: Kysely<Schema>,
  of: { accountId: number; day: number },
): Promise<Map<string, number>> {
  const rows = await selectDay(db, of)
  return new Map(rows.map(({ path, used }) => [path, used]))
}

/**
 * Add to what was counted, each key at most once. An addition of 0 only asks.
 *
 * @returns what every server together has counted by now
 */
export async function addUsage(db: Kysely<Schema>, additions: readonly Usage[]): Promise<Usage[]> {
  // All servers take the rows' locks in one order.
  const sorted = additions.toSorted(
    (a, b) => a.accountId - b.accountId || a.day - b.day || (a.path < b.path ? -1 : Number(a.path > b.path)),
  )
  const rows = sorted.map(({ accountId, ...row }) => ({ account_id: accountId, ...row }))
  if (rows.length === 0) return []
  const totals = await addRows(db, { rows })
  return totals.map(({ account_id, ...row }) => ({ accountId: account_id, ...row }))
}

/** Begin a day anew. */
export async function clearUsage(trx: Transaction<Schema>, of: { accountId: number; day: number }): Promise<void> {
  const rowsOfDay = trx
    .selectFrom('api_usage')
    .select('path')
    .where('account_id', '=', of.accountId)
    .where('day', '=', of.day)
  // In the order in which servers lock them that are adding.
  await rowsOfDay.orderBy('path').forUpdate().execute()
  await trx
    .updateTable('api_usage')
    .set({ used: 0 })
    .where('account_id', '=', of.accountId)
    .where('day', '=', of.day)
    .execute()
}

/** Count a reset of an account's month, where fewer than `most` were. @returns whether it was counted */
export async function countReset(
  trx: Transaction<Schema>,
  { accountId, month, most }: { accountId: number; month: string; most: number },
): Promise<boolean> {
  const row = await trx
    .insertInto('quota_reset')
    .values({ account_id: accountId, month, used: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'month'])
        .doUpdateSet((reset) => ({ used: reset('quota_reset.used', '+', 1) }))
        .where('quota_reset.used', '<', most),
    )
    .returning('used')
    .executeTakeFirst()
  return row !== undefined
}

/** Delete an account's counts of days before `firstDay`. */
export async function deleteUsage(
  db: Kysely<Schema>,
  { accountId, firstDay }: { accountId: number; firstDay: number },
): Promise<void> {
  await db.deleteFrom('api_usage').where('account_id', '=', accountId).where('day', '<', firstDay).execute()
}
