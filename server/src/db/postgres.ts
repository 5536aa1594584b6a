import { createHash } from 'node:crypto'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  PostgresAdapter,
  PostgresDialect,
  PostgresDriver,
  type TransactionSettings,
} from 'kysely'
import pg from 'pg'
import type { CommittedReads } from './committed-reads.ts'
import { GatheredReads } from './gathered-reads.ts'

/**
 * Connections for everything but the reads of `GatheredReads`, which have their own: whoever waits for an account's lock
 * holds one, and a merchant that submits without end shall not keep the others from reading.
 */
const CONNECTIONS_MAX = 12
const READ_CONNECTIONS_MAX = 4
const CONNECT_TIMEOUT_MS = 5000
/** A statement that runs longer has lost its way; the request is answered as unavailable. */
const STATEMENT_TIMEOUT_MS = 30_000
/**
 * A transaction that waits longer for its next statement is a server's that hangs or that the network has cut off. Until
 * it ends it locks its account's journal, and whoever waits for that holds a connection: others' calls would find none.
 */
const IDLE_IN_TRANSACTION_MS = 10_000
/** Statements that are prepared by name on each connection; rarer ones are sent whole. */
const NAMED_MAX = 500
const INT8 = 20
/** As Kysely says it. */
const BEGIN = 'begin'

/** Kysely on `pg`. Statements are prepared once a connection; 64-bit numbers arrive as numbers, all ours are below 2⁵³. */
export function postgresDialect(url: string, onIdleError: (error: Error) => void): Dialect {
  const openPool = (max: number) => {
    const pool = new pg.Pool({
      Client: NamingClient,
      connectionString: url,
      max,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
      application_name: 'shenpi',
      pipeline: true,
      types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) },
    })
    pool.on('error', onIdleError)
    return pool
  }
  return new ReadingDialect(openPool(CONNECTIONS_MAX), openPool(READ_CONNECTIONS_MAX))
}

class ReadingDialect extends PostgresDialect {
  readonly #pool: pg.Pool
  readonly #readPool: pg.Pool

  constructor(pool: pg.Pool, readPool: pg.Pool) {
    super({ pool })
    this.#pool = pool
    this.#readPool = readPool
  }

  override createDriver(): PostgresDriver {
    return new PipeliningDriver(this.#pool, this.#readPool)
  }

  override createAdapter(): PostgresAdapter {
    return new ReadingAdapter(new GatheredReads(() => this.#readPool.connect()))
  }
}

class PipeliningDriver extends PostgresDriver {
  readonly #readPool: pg.Pool

  constructor(pool: pg.Pool, readPool: pg.Pool) {
    super({ pool })
    this.#readPool = readPool
  }

  override async destroy(): Promise<void> {
    await super.destroy()
    if (!this.#readPool.ending) await this.#readPool.end()
  }

  /** Where it fails, its connection ends and with it what comes behind: see `NamingClient`. */
  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    void super.beginTransaction(connection, settings).catch(() => {})
  }
}

class ReadingAdapter extends PostgresAdapter implements CommittedReads {
  readonly #reads: GatheredReads

  constructor(reads: GatheredReads) {
    super()
    this.#reads = reads
  }

  read<Row>(select: CompiledQuery<Row>, parameters: readonly unknown[]): Promise<Row[]> {
    return this.#reads.read(select, parameters)
  }
}

const names = new Map<string, string>()

function nameOf(sql: string): string | undefined {
  const known = names.get(sql)
  if (known || names.size >= NAMED_MAX) return known
  const name = createHash('sha256').update(sql).digest('base64url').slice(0, 32)
  names.set(sql, name)
  return name
}

/**
 * Sends a statement with parameters under a name, so that PostgreSQL parses and plans it once a connection, and what is
 * asked for side by side in one piece.
 */
class NamingClient extends pg.Client {
  #isGathering = false
  /** While a BEGIN is not answered. */
  #begun: Promise<unknown> | undefined
  /** Whether a statement waits for that answer: those behind it wait too. */
  #isHeld = false

  constructor(config?: string | pg.ClientConfig) {
    super(config)
    // The pool listens only while nobody uses the connection. One that breaks in use fails the statement that runs on
    // it, or the next one; unheard, its event would end the process.
    this.on('error', () => {})
  }

  // biome-ignore lint/suspicious/noExplicitAny: pg overloads `query` a dozen ways, all but one pass through untouched
  override query(text: any, values?: any, callback?: any): any {
    // A read alone is sent right behind a BEGIN. Were it cancelled, a write behind it would be committed by itself.
    if (this.#begun && (this.#isHeld || !/^select\b/.test(text))) {
      this.#isHeld = true
      return this.#begun.then(() => this.query(text, values, callback))
    }
    const name = typeof text === 'string' && Array.isArray(values) ? nameOf(text) : undefined
    this.#gather()
    const answer = super.query(name ? { name, text, values } : text, name ? undefined : values, callback)
    if (text === BEGIN) this.#begin(answer as unknown as Promise<unknown>)
    return answer
  }

  #begin(answer: Promise<unknown>): void {
    this.#begun = answer
    answer.then(
      () => {
        this.#begun = undefined
        this.#isHeld = false
      },
      () => this.connection.stream.destroy(),
    )
  }

  #gather(): void {
    const { stream } = this.connection
    if (this.#isGathering) return
    this.#isGathering = true
    stream.cork()
    process.nextTick(() => {
      this.#isGathering = false
      stream.uncork()
    })
  }
}
