import type { Kysely, Transaction } from 'kysely'
import { TooManyWaiting, WaitedTooLong } from '../fair-semaphore.ts'
import { Problem } from '../problem.ts'
import { engineOf } from './engine.ts'
import type { Schema } from './schema.ts'
import { transactionOn } from './transaction-executor.ts'

/** Changes of one account that may wait in this process for those before them. Source: docs/errors.md, account.busy. */
export const CHANGES_WAITING_MAX = 1000
/** The longest wait for a permit, in milliseconds: as long as the transaction of a server that hangs may last. */
export const CHANGE_WAIT_MS = 10_000

/**
 * Change something of an account when it has a permit. A change that waits for a lock of the account's rows holds a
 * connection meanwhile; a change that waits for its permit waits in memory, so that one account holds only a few connections.
 * A change must not wait for another permit of the same account.
 *
 * @throws Problem `account.busy` when too many wait already, or when the permit does not come in time; nothing was done then
 */
export async function withChangePermit<T>(db: Kysely<Schema>, accountId: number, change: () => Promise<T>): Promise<T> {
  const { changePermits } = engineOf(db)
  try {
    return await changePermits.run(accountId, change)
  } catch (error) {
    if (error instanceof TooManyWaiting) throw new Problem('account.busy')
    if (error instanceof WaitedTooLong) throw waitedTooLong(error)
    throw error
  }
}

function waitedTooLong({ waitedMs }: WaitedTooLong): Problem {
  const why = `a change waited ${waitedMs / 1000} s for its turn`
  return new Problem('account.busy', why, `system busy: ${why}; try again`)
}

/**
 * Do all of some work or nothing. Reads are awaited; a prepared statement that answers nothing is queued, and runs with the
 * next read or with the commit, in the order of the calls: what it fails with is thrown there.
 *
 * @throws what `work`, or one of its statements, fails with: nothing is changed then
 */
export async function transaction<T>(db: Kysely<Schema>, work: (trx: Transaction<Schema>) => Promise<T>): Promise<T> {
  const engine = engineOf(db)
  const open = await engine.begin()
  try {
    const answer = await work(transactionOn(db, open))
    engine.beforeCommit?.()
    await open.commit()
    return answer
  } catch (error) {
    await open.rollback()
    throw error
  }
}

/** A transaction of one account, with its permit: the one way to a transaction that locks rows of an account. */
export function accountTransaction<T>(
  db: Kysely<Schema>,
  accountId: number,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  return withChangePermit(db, accountId, () => transaction(db, work))
}
