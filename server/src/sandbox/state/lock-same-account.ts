import type { Transaction } from 'kysely'
import { findAccount } from '../../accounts/account.store.ts'
import type { Account } from '../../accounts/account.ts'
import type { Database } from '../../db/open.ts'
import type { Schema } from '../../db/schema.ts'
import { lockAccount } from '../../journal/change-account.ts'
import { Problem } from '../../problem.ts'

/**
 * Lock an account that was looked up before: another state may have come since, in which its id is another account's or
 * nobody's. No other state comes meanwhile where the caller is inside the gate, or alone.
 *
 * @throws Problem `account.unknown`
 */
export function lockSameAccount<T>(
  db: Database,
  { accountId, appid }: Account,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  return lockAccount(db, accountId, async (trx) => {
    const found = await findAccount(trx, accountId)
    if (found?.appid !== appid) throw new Problem('account.unknown', appid)
    return await work(trx)
  })
}
