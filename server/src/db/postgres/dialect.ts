import {
  type CompiledQuery,
  type Dialect,
  type Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresDriver,
  SelectQueryNode,
} from 'kysely'
import pg from 'pg'
import { FairSemaphore } from '../../fair-semaphore.ts'
import type { Damage } from '../damage.ts'
import type { Engine, OpenTransaction, SchemaChange, Tell } from '../engine.ts'
import type { Schema } from '../schema.ts'
import { CHANGE_WAIT_MS, CHANGES_WAITING_MAX } from '../transaction.ts'
import { CheckedPool } from './checked-pool.ts'
import { CITUS_SESSION, isCitus } from './citus.ts'
import { PipeliningClient } from './pipelining-client.ts'
import { PostgresTransaction } from './postgres-transaction.ts'
import { ReadBatcher } from './read-batcher.ts'

/** Connections for everything but the reads of `ReadBatcher`, which have their own: no writer keeps others from reading. */
const CONNECTIONS_MAX = 12
/**
 * Changes of accounts that are under way at once: each holds a connection, also while it waits for a lock that another
 * server has. Two connections are left for what the server itself does. Of one account a second one is sent ahead, so that
 * it begins the moment the first has ended.
 */
const CHANGES = { permits: CONNECTIONS_MAX - 2, perAccount: 2 } as const
const READ_CONNECTIONS_MAX = 4
/** For pages that pass over rows, which cost as much as there are: a list that is read deep down holds up other lists at most. */
const PAGE_CONNECTIONS_MAX = 2
const CONNECT_TIMEOUT_MS = 5000
/** A connection that sends nothing for so long is asked by the system whether its other end is there: every second, ten times. */
const KEEP_ALIVE_AFTER_MS = 5000
/**
 * A transaction that waits longer for its next statement belongs to a server that hangs or that the network has cut off.
 * Until it ends it locks its account's journal, and each change that waits for that holds a connection, which others lack.
 */
const IDLE_IN_TRANSACTION_MS = 10_000

/** How long what is asked of PostgreSQL may take, in milliseconds. */
export interface Deadlines {
  /** A statement that runs longer has lost its way; PostgreSQL ends it, and the request is answered as unavailable. */
  statementMs: number
  /** An answer that takes longer never comes: PostgreSQL would have ended the statement. The connection is destroyed. */
  answerMs: number
  /** A connection that was idle for longer is asked for a sign of life before it is used. */
  idleMs: number
  /** How long it has for that. */
  signOfLifeMs: number
}

/**
 * Connections may go dead without an end, all at once: a failover, a NAT that has forgotten them. Those in use are used for
 * `idleMs` after the last sign of life at most and end `answerMs` later: new ones serve 32 s after it happened at the latest.
 */
export const DEADLINES: Deadlines = { statementMs: 30_000, answerMs: 31_000, idleMs: 1000, signOfLifeMs: 2000 }

/** Kysely on `pg`. Statements are prepared once a connection; 64-bit numbers arrive as numbers, all ours are below 2⁵³. */
export function postgresDialect(
  url: string,
  { damage, onIdleError }: { damage: Damage; onIdleError: (error: Error) => void },
  { statementMs, answerMs, idleMs, signOfLifeMs }: Deadlines = DEADLINES,
): Dialect {
  const openPool = (max: number) => {
    const pool = new pg.Pool({
      Client: PipeliningClient,
      connectionString: url,
      max,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
      statement_timeout: statementMs,
      query_timeout: answerMs,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
      application_name: 'shenpi',
    })
    pool.on('error', onIdleError)
    pool.on('connect', (client) => client.connection.on('errorMessage', (error: Error) => damage.note(error)))
    return new CheckedPool(pool, { damage, idleMs, signOfLifeMs })
  }
  const pools = {
    changes: openPool(CONNECTIONS_MAX),
    reads: openPool(READ_CONNECTIONS_MAX),
    pages: openPool(PAGE_CONNECTIONS_MAX),
  }
  return new ReadingDialect(url, pools, damage)
}

type Pools = Record<'changes' | 'reads' | 'pages', CheckedPool>

class ReadingDialect extends PostgresDialect {
  readonly #url: string
  readonly #pools: Pools
  readonly #damage: Damage

  constructor(url: string, pools: Pools, damage: Damage) {
    super({ pool: pools.changes })
    this.#url = url
    this.#pools = pools
    this.#damage = damage
  }

  override createDriver(): PostgresDriver {
    return new PipeliningDriver(this.#pools)
  }

  override createAdapter(): PostgresAdapter {
    return new ReadingAdapter(this.#url, this.#pools, this.#damage)
  }
}

class PipeliningDriver extends PostgresDriver {
  readonly #pools: Pools

  constructor(pools: Pools) {
    super({ pool: pools.changes })
    this.#pools = pools
  }

  override async destroy(): Promise<void> {
    await super.destroy()
    await Promise.all([this.#pools.reads.end(), this.#pools.pages.end()])
  }
}

class ReadingAdapter extends PostgresAdapter implements Engine {
  readonly #url: string
  readonly #pools: Pools
  readonly #reads: ReadBatcher
  readonly #pages: ReadBatcher
  readonly lists = 'arrays'
  readonly file = undefined
  readonly damage: Damage
  readonly changePermits = new FairSemaphore({
    ...CHANGES,
    waitingPerAccount: CHANGES_WAITING_MAX,
    longestWaitMs: CHANGE_WAIT_MS,
  })

  constructor(url: string, pools: Pools, damage: Damage) {
    super()
    this.#url = url
    this.#pools = pools
    this.#reads = new ReadBatcher(() => pools.reads.connect())
    this.#pages = new ReadBatcher(() => pools.pages.connect())
    this.damage = damage
  }

  get isSharded(): boolean {
    return this.#reads.staysApart
  }

  async begin(): Promise<OpenTransaction> {
    const client = await this.#pools.changes.connect()
    return new PostgresTransaction(client, () => client.release())
  }

  async runScript(script: string, tell: Tell): Promise<void> {
    const { runScript } = await import('./change-schema.ts')
    await runScript(this.#url, tell, script)
  }

  async changeSchema<T>(_db: Kysely<Schema>, tell: Tell, work: (change: SchemaChange) => Promise<T>): Promise<T> {
    const { changeSchema } = await import('./change-schema.ts')
    return await changeSchema(this.#url, tell, work)
  }

  async findUnplaced(db: Kysely<Schema>): Promise<string[]> {
    if (!(await isCitus(db))) return []
    for (const batcher of [this.#reads, this.#pages]) batcher.staysApart = true
    for (const pool of Object.values(this.#pools)) pool.settings = CITUS_SESSION
    const { listSteps } = await import('./place-tables.ts')
    return await listSteps(db)
  }

  read<Row>(select: CompiledQuery<Row>, parameters: readonly unknown[]): Promise<Row[]> {
    const isPage = SelectQueryNode.is(select.query) && select.query.offset !== undefined
    return (isPage ? this.#pages : this.#reads).read(select, parameters)
  }
}
