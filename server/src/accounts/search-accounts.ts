import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { findAccount, findAccountByAppid } from './account.store.ts'
import type { Account } from './account.ts'
import { listAccountsInFull } from './account-name.store.ts'

/**
 * Accounts by what people know of them: the whole appid, the number, then the beginnings of names.
 *
 * @param afterId the last account of the page before
 */
export async function searchAccounts(
  db: Kysely<Schema>,
  asked: string,
  limit: number,
  afterId?: number,
): Promise<Account[]> {
  const text = asked.trim()
  const exact = [
    /^wx[0-9a-f]{16}$/i.test(text) ? await findAccountByAppid(db, text.toLowerCase()) : undefined,
    /^[1-9]\d{0,14}$/.test(text) ? await findAccount(db, Number(text)) : undefined,
  ].filter((account) => account !== undefined)
  const last = afterId === undefined ? undefined : await findAccount(db, afterId)
  // One that is meant exactly comes first, whatever it is called.
  const after = last?.name.startsWith(text) ? last : undefined
  const named = await listAccountsInFull(db, text, limit + exact.length, after)
  const others = named.filter((account) => !exact.some(({ accountId }) => accountId === account.accountId))
  return [...(afterId === undefined ? exact : []), ...others].slice(0, limit)
}
