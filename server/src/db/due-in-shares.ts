import { type RawBuilder, sql } from 'kysely'
import type { Schema } from './schema.ts'

/** A table whose rows are a queue: those in state `waiting` are due at `due_at` and taken until `leased_until`. */
interface QueueTable {
  table: keyof Schema
  /** The columns of its key; the first is `account_id`. */
  key: readonly string[]
  /** The state of a row that waits for a worker or is in its hands. */
  waiting: string
}

/**
 * The keys of rows to take over now, for the condition of a claim: the longest due, at most `limit`, and of one account so
 * many that no more than `share` of it are under way, on all servers together. A merchant whose server hangs then holds up
 * its own jobs and no others. As long as anything may be taken, something is; it need not be all that there is room for.
 *
 * The table needs a partial index on `due_at` of what waits, and one on `account_id` and `leased_until` of what of it is
 * leased. The claim's own condition decides a race.
 */
export function dueInShares(
  { table, key, waiting }: QueueTable,
  { now, limit, share }: { now: number; limit: number; share: number },
): RawBuilder<unknown> {
  const from = sql.table(table)
  const columns = sql.join(key.map((name) => sql.ref(name)))
  // Literals where a bound parameter would hide from the planner that a partial index fits.
  const isWaiting = sql`state = ${sql.lit(waiting)}`
  const most = sql.lit(share)
  return sql`(
    with under_way as (
      select account_id, count(*) as jobs from ${from}
      where ${isWaiting} and leased_until > 0 and leased_until > ${now}
      group by account_id
    ), due as (
      select ${columns}, due_at from ${from}
      where ${isWaiting} and due_at <= ${now} and leased_until <= ${now}
        and account_id not in (select account_id from under_way where jobs >= ${most})
      order by due_at
      limit ${limit}
    ), in_turn as (
      select ${columns}, row_number() over (partition by account_id order by due_at, ${columns})
        + coalesce((select jobs from under_way where under_way.account_id = due.account_id), 0) as turn
      from due
    )
    select ${columns} from in_turn where turn <= ${most}
  )`
}
