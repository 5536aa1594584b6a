import type { Kysely, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { accountTransaction } from '../db/transaction.ts'
import { type AccountChange, OpenChange } from './account-change.ts'
import { lockJournal } from './journal.store.ts'

/**
 * Change an account: with a permit, in a transaction, with its journal locked. Numbers, entries of the trail and promised
 * callbacks are written with the change, or not at all.
 *
 * @throws Problem `account.busy`, and what `work` throws: nothing is changed then.
 * @throws NoSuchAccount
 */
export async function changeAccount<T>(
  db: Kysely<Schema>,
  accountId: number,
  work: (account: AccountChange) => Promise<T>,
): Promise<T> {
  let change: OpenChange | undefined
  const answer = await accountTransaction(db, accountId, async (trx) => {
    change = new OpenChange(trx, accountId)
    const done = await work(change)
    await change.end()
    return done
  }).catch((error: unknown) => {
    change?.rolledBack()
    throw error
  })
  change?.committed()
  return answer
}

/**
 * Prevent other changes of an account meanwhile: with a permit, in a transaction, with the journal locked.
 *
 * @throws Problem `account.busy`, and what `work` throws: nothing is changed then.
 * @throws NoSuchAccount
 */
export function lockAccount<T>(
  db: Kysely<Schema>,
  accountId: number,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  return accountTransaction(db, accountId, async (trx) => {
    const locked = lockJournal(trx, accountId)
    // What `work` asks goes right behind it: if it fails that fails as well.
    locked.catch(() => {})
    const answer = await work(trx)
    await locked
    return answer
  })
}
