import { createHash } from 'node:crypto'
import { type CompiledQuery, type Dialect, PostgresAdapter, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { CommittedReads } from './committed-reads.ts'
import { GatheredReads } from './gathered-reads.ts'

const CONNECTIONS_MAX = 16
const CONNECT_TIMEOUT_MS = 5000
/** A statement that runs longer has lost its way; the request is answered as unavailable. */
const STATEMENT_TIMEOUT_MS = 30_000
/** Statements that are prepared by name on each connection; rarer ones are sent whole. */
const NAMED_MAX = 500
const INT8 = 20

/** Kysely on `pg`. Statements are prepared once a connection; 64-bit numbers arrive as numbers, all ours are below 2⁵³. */
export function postgresDialect(url: string, onIdleError: (error: Error) => void): Dialect {
  const pool = new pg.Pool({
    Client: NamingClient,
    connectionString: url,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'shenpi',
    types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) },
  })
  pool.on('error', onIdleError)
  const reads = new GatheredReads(async (text, values) => (await pool.query(text, values as unknown[])).rows)
  return new ReadingDialect(pool, reads)
}

class ReadingDialect extends PostgresDialect {
  readonly #reads: GatheredReads

  constructor(pool: pg.Pool, reads: GatheredReads) {
    super({ pool })
    this.#reads = reads
  }

  override createAdapter(): PostgresAdapter {
    return new ReadingAdapter(this.#reads)
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

/** Sends a statement with parameters under a name, so that PostgreSQL parses and plans it once a connection. */
class NamingClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    // The pool listens only while nobody uses the connection. One that breaks in use fails the statement that runs on
    // it, or the next one; unheard, its event would end the process.
    this.on('error', () => {})
  }

  // biome-ignore lint/suspicious/noExplicitAny: pg overloads `query` a dozen ways, all but one pass through untouched
  override query(text: any, values?: any, callback?: any): any {
    const name = typeof text === 'string' && Array.isArray(values) ? nameOf(text) : undefined
    return super.query(name ? { name, text, values } : text, name ? undefined : values, callback)
  }
}
