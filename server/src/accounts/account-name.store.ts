import { type Kysely, sql } from 'kysely'
import { engineOf } from '../db/engine.ts'
import { isIn } from '../db/lists.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import type { Account } from './account.ts'

/** What people know an account by. */
export type AccountName = Pick<Account, 'accountId' | 'appid' | 'name'>

type Row = { account_id: number; appid: string; name: string }

const toName = (row: Row): AccountName => ({ accountId: row.account_id, appid: row.appid, name: row.name })

const selectNames = prepared((db, { accountIds }: { accountIds: readonly number[] }) =>
  db
    .selectFrom('account')
    .select(['account_id', 'appid', 'name'])
    .where(isIn(db, 'account_id', accountIds)),
)

/** The names of those among these accounts that exist, by account. */
export async function listNames(
  db: Kysely<Schema>,
  accountIds: readonly number[],
): Promise<ReadonlyMap<number, AccountName>> {
  const rows = await selectNames(db, { accountIds: [...new Set(accountIds)] })
  return new Map(rows.map((row) => [row.account_id, toName(row)]))
}

/** Accounts whose name begins so, in the order of their names. */
export async function listAccountsNamed(db: Kysely<Schema>, beginning: string, limit: number): Promise<AccountName[]> {
  // By its bytes, which is how the index `account_name` has it.
  const name = engineOf(db).lists === 'arrays' ? sql<string>`name collate "C"` : sql<string>`name`
  const rows = await db
    .selectFrom('account')
    .select(['account_id', 'appid', 'name'])
    .where(name, '>=', beginning)
    .where(name, '<', beginning + BEYOND)
    .orderBy(name)
    .limit(limit)
    .execute()
  return rows.map(toName)
}

/** Behind every text that begins so: the last character that there is. */
export const BEYOND = '\u{10ffff}'
