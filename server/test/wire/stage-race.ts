import { setImmediate } from 'node:timers/promises'
import { PostgresAdapter, sql, type Transaction } from 'kysely'
import { engineOf } from '../../src/db/engine.ts'
import type { Database } from '../../src/db/open.ts'
import type { Schema } from '../../src/db/schema.ts'
import { transaction } from '../../src/db/transaction.ts'
import { Problem } from '../../src/problem.ts'

/**
 * Two writers, step by step: the first has written and not committed when the second begins, and commits when the second
 * waits for it, or has ended because it did not have to wait.
 *
 * @returns the result of the second
 */
export async function stageRace(
  db: Database,
  first: (trx: Transaction<Schema>) => Promise<unknown>,
  second: () => Promise<unknown>,
): Promise<PromiseSettledResult<unknown>> {
  const { racing } = await transaction(db, async (trx) => {
    await first(trx)
    let done = false
    const racing = Promise.allSettled([second()]).finally(() => {
      done = true
    })
    while (!done && !(await isBlocked(db))) await setImmediate()
    return { racing }
  })
  const [outcome] = await racing
  return outcome
}

/** Whether a writer waits for another one. */
export async function isBlocked(db: Database): Promise<boolean> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) {
    // On Citus it waits on a node of its account, and shows there.
    const sessions = sql.table(engineOf(db).isSharded ? 'citus_stat_activity' : 'pg_stat_activity')
    const waiting = sql`select 1 from ${sessions} where datname = current_database() and wait_event_type = 'Lock'`
    return (await waiting.execute(db)).rows.length > 0
  }
  // SQLite's statements run on this thread: after one round of it, whoever is not done waits for its turn to write.
  await setImmediate()
  return true
}

/** The code of a refusal, or any other value unchanged. */
export const refusedWith = (outcome: PromiseSettledResult<unknown>) =>
  outcome.status === 'rejected' && outcome.reason instanceof Problem ? outcome.reason.code : outcome
