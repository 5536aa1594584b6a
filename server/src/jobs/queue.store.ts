import { type Kysely, type RawBuilder, type Selectable, type SelectType, sql } from 'kysely'
import { engineOf, sharedNow } from '../db/engine.ts'
import { repeatAfterDeadlock } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import type { Clock } from '../time/clock.ts'

/** The tables that can be queues, with a job a row. */
export type QueueTable = {
  [Table in keyof Schema]: Schema[Table] extends JobColumns ? Table : never
}[keyof Schema]

type JobColumns = Record<'account_id' | 'state' | 'attempts' | 'due_at' | 'leased_until', unknown>

export type Row<Table extends keyof Schema> = Selectable<Schema[Table]>

/**
 * A table whose rows are a queue: those in state `waiting` are due at `due_at`, by their account's time, and in somebody's hands
 * until `leased_until`, by the time that all servers share. It needs partial indexes on what waits: `account_id`, `due_at` and the rest
 * of the key; `account_id` and `leased_until` of what of it is leased; `attempts` and `due_at`.
 */
export interface QueueRows<Table extends QueueTable> {
  table: Table
  /** The columns of its key behind `account_id`, in their order, and what they hold. */
  key: { readonly [Column in keyof Schema[Table] & string]?: KeyPart }
  /** The state of a row that waits for a worker or is in its hands. */
  waiting: SelectType<Schema[Table]['state']>
  /** Rows of one account that may be under way at once, on all servers together. */
  share: number
  /** How long a worker may be at a row before another may take it over. Unit: milliseconds. */
  leaseMs: number
}

export type KeyPart = 'number' | 'string'

interface DuePage {
  accountIds: number[]
  /** After which account the next page begins; 0: it was the last. */
  next: number
}

/** Accounts that one look covers, with due jobs or without. */
const ACCOUNTS_AT_ONCE = 1000
/** Rows that one statement corrects. */
const CORRECTED_AT_ONCE = 500
/**
 * How far times may differ that should not, without anything being corrected: the clocks of two servers, and the moments at
 * which a statement was sent and could go on. Unit: milliseconds.
 */
const TIMES_DIFFER_MS = 60_000

const selectAccounts = prepared((db, { afterId, limit }: { afterId: number; limit: number }) =>
  db.selectFrom('account').select('account_id').where('account_id', '>', afterId).orderBy('account_id').limit(limit),
)

/** The accounts after `afterId`, in their order, with jobs or without. */
export async function listAccountsAfter(
  db: Kysely<Schema>,
  page: { afterId: number; limit: number },
): Promise<number[]> {
  return (await selectAccounts(db, page)).map((row) => row.account_id)
}

/** Finds and claims a queue's rows account by account, so that one account's backlog delays no other. */
export function queueStore<Table extends QueueTable>(queue: QueueRows<Table>) {
  const { share, leaseMs } = queue
  const from = sql.table(queue.table)
  const columns = sql.join(['account_id', ...Object.keys(queue.key)].map((name) => sql.ref(name)))
  // Literals where a bound parameter would hide from the planner that a partial index fits.
  const isWaiting = sql`state = ${sql.lit(queue.waiting)}`
  const leaseFrom = (now: RawBuilder<number>): Lease => {
    const until = sql`${now} + ${sql.lit(leaseMs)}`
    return { now, until, latest: sql`${now} + ${sql.lit(leaseMs + TIMES_DIFFER_MS)}` }
  }
  const isLeased = ({ now, latest }: Lease) => sql`leased_until > ${now} and leased_until <= ${latest}`
  const isFree = ({ now, latest }: Lease) => sql`(leased_until <= ${now} or leased_until > ${latest})`

  const selectDue = prepared((db, { now, after }: { now: number; after: number }) => {
    const lease = leaseFrom(sharedNow(db, now))
    const nextAfter = (account: unknown) => sql`
      select account_id from ${from} where ${isWaiting} and account_id > ${account} order by account_id limit 1`
    // From one account to the next by the index, however many rows either has.
    const pages = sql<{ account_id: number; due_at: number | null }>`(
      with recursive step (account_id, depth) as (
        select (${nextAfter(after)}), 1
        union all
        select (${nextAfter(sql`step.account_id`)}), depth + 1 from step
        where account_id is not null and depth < ${sql.lit(ACCOUNTS_AT_ONCE)}
      )
      select account_id, (
        select due_at from ${from} job
        where ${isWaiting} and job.account_id = step.account_id and ${isFree(lease)} order by due_at limit 1
      ) as due_at
      from step where account_id is not null)`
    return db.selectFrom(pages.as('page')).selectAll()
  })

  /** Where the accounts lie in shards: each is asked for its own, and reads all that is due there. */
  const selectDueInShards = prepared((db, { now, after }: { now: number; after: number }) => {
    const due = sql<{ account_id: number; due_at: number }>`(
      select account_id, min(due_at) as due_at from ${from}
      where ${isWaiting} and account_id > ${after} and due_at <= ${now} and ${isFree(leaseFrom(sharedNow(db, now)))}
      group by account_id order by account_id limit ${sql.lit(ACCOUNTS_AT_ONCE)})`
    return db.selectFrom(due.as('page')).selectAll()
  })

  const claimSome = prepared((db, claim: { now: number; due: number; accountId: number; limit: number }) => {
    const { accountId, limit } = claim
    const lease = leaseFrom(sharedNow(db, claim.now))
    const ofAccount = sql`account_id = ${accountId} and ${isWaiting}`
    const taken = sql<Row<Table>>`
      update ${from} set leased_until = ${lease.until}
      where ${ofAccount} and ${isFree(lease)} and (${columns}) in (
        select ${columns} from ${from} where ${ofAccount} and due_at <= ${claim.due} and ${isFree(lease)}
        order by due_at, ${columns}
        limit (
          select case when count(*) >= ${sql.lit(share)} then 0
            when ${limit} < ${sql.lit(share)} - count(*) then ${limit} else ${sql.lit(share)} - count(*) end
          from ${from} where ${ofAccount} and leased_until > 0 and ${isLeased(lease)}
        )
      )
      returning *`
    return { compile: () => taken.compile(db) }
  })

  const selectNextDue = prepared((db, { accountId }: { accountId: number }) => {
    const next = sql<{ due_at: number }>`(
      select due_at from ${from} where account_id = ${accountId} and ${isWaiting} order by due_at limit 1)`
    return db.selectFrom(next.as('next')).selectAll()
  })

  const correct = prepared(
    (db, { attempts, latest, tooLate }: { attempts: number; latest: number; tooLate: number }) => {
      const isTooLate = sql`${isWaiting} and attempts = ${attempts} and due_at > ${tooLate}`
      const corrected = sql<{ account_id: number }>`
      update ${from} set due_at = ${latest}
      where ${isTooLate} and (${columns}) in (
        select ${columns} from ${from} where ${isTooLate} limit ${sql.lit(CORRECTED_AT_ONCE)})
      returning account_id`
      return { compile: () => corrected.compile(db) }
    },
  )

  return {
    /** Which accounts have something that is due and free, in the order of their ids. @param after as `next` says */
    async listDue(db: Kysely<Schema>, clock: Clock, after: number): Promise<DuePage> {
      const select = engineOf(db).isSharded ? selectDueInShards : selectDue
      const rows = await select(db, { now: clock.machine(), after })
      const due = rows.filter((row) => row.due_at !== null && row.due_at <= clock.due(row.account_id))
      const next = rows.length < ACCOUNTS_AT_ONCE ? 0 : (rows.at(-1)?.account_id ?? 0)
      return { accountIds: due.map((row) => row.account_id), next }
    },

    /**
     * Claim at most `limit` due rows of an account, the longest due first: nobody else gets them before the lease ends, and
     * they are free again when the worker dies. One conditional update, whose outer condition decides a race; two servers may
     * come to its rows in different orders.
     */
    claim(db: Kysely<Schema>, clock: Clock, { accountId, limit }: { accountId: number; limit: number }) {
      const claimed = () => claimSome(db, { now: clock.machine(), due: clock.due(accountId), accountId, limit })
      return repeatAfterDeadlock(claimed)
    },

    /** When an account's next job is due, whoever has it. */
    async findNextDue(db: Kysely<Schema>, accountId: number): Promise<Date | undefined> {
      const [next] = await selectNextDue(db, { accountId })
      return next && new Date(next.due_at)
    },

    /**
     * Bring forward jobs that are due impossibly late, as a clock that was ahead wrote them: they become due as if written
     * now. For the start, and every now and then, as another server's clock may be wrong.
     *
     * @param gapsMs the longest waits, by the number of attempts; beyond the list none
     */
    async bringForward(db: Kysely<Schema>, now: number, gapsMs: readonly number[]): Promise<void> {
      for (const [attempts, gap] of [0, ...gapsMs].entries()) {
        const latest = now + gap
        const some = () => correct(db, { attempts, latest, tooLate: latest + TIMES_DIFFER_MS })
        while ((await repeatAfterDeadlock(some)).length === CORRECTED_AT_ONCE);
      }
    },
  }
}

/** Parts of a statement that are times on which all servers agree. */
interface Lease {
  now: RawBuilder<unknown>
  /** The end of one that begins now. */
  until: RawBuilder<unknown>
  /** The latest end. A lease that ends later is from a clock that was ahead, and must block nobody. */
  latest: RawBuilder<unknown>
}
