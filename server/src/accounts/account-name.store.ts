import { type Kysely, sql } from 'kysely'
import { engineOf } from '../db/engine.ts'
import { isIn } from '../db/lists.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { toAccount } from './account.store.ts'
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
  const name = nameIn(db)
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

/** The same in full, in the order of their names and ids. @param after whom the list goes on behind */
export async function listAccountsInFull(
  db: Kysely<Schema>,
  beginning: string,
  limit: number,
  after?: Pick<Account, 'name' | 'accountId'>,
): Promise<Account[]> {
  const name = nameIn(db)
  let query = db
    .selectFrom('account')
    .selectAll()
    .where(name, '>=', after?.name ?? beginning)
    .where(name, '<', beginning + BEYOND)
    .orderBy(name)
    .orderBy('account_id')
    .limit(limit)
  if (after) query = query.where(sql<boolean>`(${name}, account_id) > (${after.name}, ${after.accountId})`)
  return (await query.execute()).map(toAccount)
}

/** By its bytes, which is how the index `account_name` has it. */
const nameIn = (db: Kysely<Schema>) =>
  engineOf(db).lists === 'arrays' ? sql<string>`name collate "C"` : sql<string>`name`

/** Behind every text that begins so: the last character that there is. */
export const BEYOND = '\u{10ffff}'
