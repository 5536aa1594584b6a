import type { Kysely, Transaction } from 'kysely'
import { accountTransaction } from '../db/change-permit.ts'
import type { Schema } from '../db/schema.ts'
import { Journal } from './journal.ts'

/**
 * Change an account, or only keep others from changing it: in its turn, in a transaction, with its journal locked. What
 * the journal was told is written back at the end.
 *
 * @throws Problem `account.busy`, and what `change` throws: nothing is changed then.
 * @throws Error when there is no such account.
 */
export function changeAccount<T>(
  db: Kysely<Schema>,
  accountId: number,
  change: (trx: Transaction<Schema>, journal: Journal) => Promise<T>,
): Promise<T> {
  return accountTransaction(db, accountId, async (trx) => {
    const journal = await Journal.open(trx, accountId)
    const answer = await change(trx, journal)
    await journal.close()
    return answer
  })
}
