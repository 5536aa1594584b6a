import type { Kysely } from 'kysely'
import { isIn } from '../db/lists.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import type { AccountLimits } from './account-limits.ts'
import { parseIpList } from './ip-list.ts'

interface LimitColumns {
  ip_allow: string | null
  daily_limit: number | null
  minute_limit: number | null
}

const selectLimits = prepared((db, { accountId }: { accountId: number }) =>
  db.selectFrom('account_limit').selectAll().where('account_id', '=', accountId),
)

/** An account's limits, or the defaults. */
export async function findLimits(db: Kysely<Schema>, accountId: number): Promise<AccountLimits> {
  const [row] = await selectLimits(db, { accountId })
  return toLimits(row)
}

const selectLimitsOf = prepared((db, { accountIds }: { accountIds: readonly number[] }) =>
  db
    .selectFrom('account_limit')
    .selectAll()
    .where(isIn(db, 'account_id', accountIds)),
)

/** The limits of those among these accounts that have their own, by account. */
export async function listLimits(
  db: Kysely<Schema>,
  accountIds: readonly number[],
): Promise<Map<number, AccountLimits>> {
  const rows = await selectLimitsOf(db, { accountIds })
  return new Map(rows.map((row) => [row.account_id, toLimits(row)]))
}

/** The limits of a row, where there is one or a join found one. */
export const toLimits = (row?: LimitColumns): AccountLimits => ({
  ipList: parseIpList(row?.ip_allow ? JSON.parse(row.ip_allow) : []),
  dailyLimit: row?.daily_limit ?? null,
  minuteLimit: row?.minute_limit ?? null,
})

/** Of an account that has no limits of its own. */
export const DEFAULT_LIMITS = toLimits()

export async function saveLimits(
  db: Kysely<Schema>,
  accountId: number,
  { ipList, dailyLimit, minuteLimit }: AccountLimits,
): Promise<void> {
  const columns = { ip_allow: JSON.stringify(ipList.entries), daily_limit: dailyLimit, minute_limit: minuteLimit }
  await db
    .insertInto('account_limit')
    .values({ account_id: accountId, ...columns })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(columns))
    .execute()
}
