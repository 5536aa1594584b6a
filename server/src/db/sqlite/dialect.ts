import { closeSync, openSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  type SelectModifierNode,
  SelectQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { FairSemaphore } from '../../fair-semaphore.ts'
import type { Damage } from '../damage.ts'
import type { DatabaseFile, Engine, OpenTransaction, SchemaChange, Tell } from '../engine.ts'
import { tellStatement } from '../engine.ts'
import type { Schema } from '../schema.ts'
import { CHANGE_WAIT_MS, CHANGES_WAITING_MAX } from '../transaction.ts'
import type { FileExchange } from './file-exchange.ts'
import { GROUP_MAX, GroupCommit } from './group-commit.ts'

/** Older releases of SQLite lose or corrupt data in cases that we meet (a WAL reset race, fixed in this one). */
const OLDEST_SQLITE = [3, 51, 3] as const
/** How long a statement waits for another process's lock, in milliseconds. */
const LOCK_TIMEOUT_MS = 2000
/**
 * Changes of accounts that wait for the one writer or for their group's fsync: as many as a group holds, and of one account
 * a quarter, so that nobody waits behind more than that of another's.
 */
const CHANGES = { permits: GROUP_MAX, perAccount: GROUP_MAX / 4 } as const
/**
 * Pages that a connection keeps in memory, once it has read them: SQLite's own 2 MB hold too little of a large database's
 * indexes, and what they do not hold is read again for each insert. Unit: KiB.
 */
const CACHE_KIB = 32 * 1024
/**
 * Pages that the log holds before they are copied into the file, once each however often they were written: of the few that
 * every commit writes SQLite's own 1000 pages hold four times as many copies. The log's index finds a page among so many in one look.
 */
const LOG_PAGES = 4000
/** Prepared statements that are kept for each connection. */
const STATEMENTS_MAX = 500

/** @throws Error when this Node's SQLite is older than we rely on. */
export function requireSqlite(version: string): void {
  const parts = version.split('.').map(Number)
  for (const [index, least] of OLDEST_SQLITE.entries()) {
    const part = parts[index] ?? 0
    if (part > least) return
    if (part < least) {
      throw new Error(`SQLite ${OLDEST_SQLITE.join('.')} or newer is needed; this Node carries ${version}`)
    }
  }
}

/**
 * Kysely on `node:sqlite`: one connection that writes, in groups that share an fsync, and one that reads what is
 * committed. WAL, `synchronous=FULL`: what was answered survives a power cut.
 *
 * @param isThrowaway nothing waits for the disk, and a power cut may damage the file
 */
export function sqliteDialect(path: string, damage: Damage, isThrowaway = false): Dialect {
  const driver = new SqliteDriver(path, damage, isThrowaway ? 'off' : 'full')
  return {
    createAdapter: () => new GroupingAdapter(driver, damage),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SingleWriterCompiler(),
  }
}

/**
 * Kysely would let one query or transaction begin only after the one before has ended, so that no two could share a
 * commit; here each takes its turn in the driver. A migration that fails leaves nothing behind.
 */
class GroupingAdapter extends SqliteAdapter implements Engine {
  readonly #driver: SqliteDriver
  readonly lists = 'json'
  readonly isSharded = false
  readonly file: DatabaseFile
  readonly damage: Damage
  readonly changePermits = new FairSemaphore({
    ...CHANGES,
    waitingPerAccount: CHANGES_WAITING_MAX,
    longestWaitMs: CHANGE_WAIT_MS,
  })

  constructor(driver: SqliteDriver, damage: Damage) {
    super()
    this.#driver = driver
    this.damage = damage
    this.file = {
      copyTo: (path) => driver.exchange((file) => file.copyTo(path)),
      takeFrom: (path, tables) => driver.exchange((file) => file.take(path, tables)),
    }
  }

  read<Row>({ sql }: CompiledQuery<Row>, parameters: readonly unknown[]): Row[] {
    return this.#driver.read(sql, parameters)
  }

  begin(): Promise<OpenTransaction> {
    return this.#driver.begin()
  }

  runScript(script: string): Promise<void> {
    return this.#driver.runScript(script)
  }

  changeSchema<T>(db: Kysely<Schema>, _tell: Tell, work: (change: SchemaChange) => Promise<T>): Promise<T> {
    return work({ db, before: async () => {}, after: async () => {} })
  }

  async findUnplaced(): Promise<string[]> {
    return []
  }

  override get supportsMultipleConnections(): boolean {
    return true
  }
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** A write transaction already excludes every other writer, so `for update` has nothing to add and is left out. */
class SingleWriterCompiler extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.modifier !== 'ForUpdate') super.visitSelectModifier(node)
  }
}

class SqliteDriver implements Driver {
  readonly #path: string
  readonly #damage: Damage
  readonly #synchronous: 'full' | 'off'
  #writer!: SqliteConnection
  #reader!: SqliteConnection
  #groups!: GroupCommit
  /** Opened by the first who needs it. */
  #exchange: FileExchange | undefined
  /** Free connections to be handed out again: Kysely remembers each one that it has ever seen. */
  readonly #idle: Lease[] = []

  constructor(path: string, damage: Damage, synchronous: 'full' | 'off') {
    this.#path = path
    this.#damage = damage
    this.#synchronous = synchronous
  }

  async init(): Promise<void> {
    // SQLite would let everybody read it who can reach the folder; its other files take their mode from this one.
    closeSync(openSync(this.#path, 'a', 0o600))
    const writer = new DatabaseSync(this.#path, { timeout: LOCK_TIMEOUT_MS, enableForeignKeyConstraints: true })
    const row = writer.prepare('select sqlite_version() as version').get()
    requireSqlite(String(row?.version))
    writer.exec('pragma journal_mode=wal; pragma journal_size_limit=67108864')
    writer.exec(`pragma synchronous=${this.#synchronous}`)
    writer.exec(`pragma wal_autocheckpoint=${LOG_PAGES}`)
    const reader = new DatabaseSync(this.#path, { timeout: LOCK_TIMEOUT_MS, readOnly: true })
    for (const connection of [writer, reader]) connection.exec(`pragma cache_size=-${CACHE_KIB}`)
    this.#groups = new GroupCommit(writer)
    this.#writer = new SqliteConnection(writer, this.#damage)
    this.#reader = new SqliteConnection(reader, this.#damage)
  }

  read<Row>(select: string, parameters: readonly unknown[]): Row[] {
    this.#damage.refuse()
    return this.#reader.read(select, parameters)
  }

  async begin(): Promise<OpenTransaction> {
    this.#damage.refuse()
    await this.#groups.begin()
    return new SqliteTransaction(this.#writer, this.#groups)
  }

  /** Do something with the file as a whole, while nobody writes. */
  exchange<T>(work: (file: FileExchange) => T | Promise<T>): Promise<T> {
    this.#damage.refuse()
    return this.#groups.alone(async () => {
      this.#exchange ??= await this.#openExchange()
      return await work(this.#exchange)
    })
  }

  async #openExchange(): Promise<FileExchange> {
    const { FileExchange } = await import('./file-exchange.ts')
    return new FileExchange(this.#path, this.#synchronous)
  }

  runScript(script: string): Promise<void> {
    return this.#groups.run(() => this.#writer.exec(script))
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    this.#damage.refuse()
    return this.#idle.pop() ?? new Lease(this.#writer, this.#reader, this.#groups)
  }

  async beginTransaction(lease: Lease): Promise<void> {
    await this.#groups.begin()
    lease.inTransaction = true
  }

  async commitTransaction(lease: Lease): Promise<void> {
    lease.inTransaction = false
    await this.#groups.commit()
  }

  async rollbackTransaction(lease: Lease): Promise<void> {
    // After a commit that failed there is nothing to roll back, and the turn is somebody else's already.
    if (!lease.inTransaction) return
    lease.inTransaction = false
    this.#groups.rollback()
  }

  async releaseConnection(lease: Lease): Promise<void> {
    this.#idle.push(lease)
  }

  async destroy(): Promise<void> {
    this.#groups?.close()
    this.#exchange?.close()
    this.#reader?.close()
    this.#writer?.close()
  }
}

/** Runs each statement at once: there is no round trip to save. One that fails takes all behind it along, the commit too. */
class SqliteTransaction implements OpenTransaction {
  readonly #writer: SqliteConnection
  readonly #groups: GroupCommit
  #isOver = false
  #failure: { reason: unknown } | undefined

  constructor(writer: SqliteConnection, groups: GroupCommit) {
    this.#writer = writer
    this.#groups = groups
  }

  async ask<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#run<Row>(query)
  }

  queue(query: CompiledQuery): void {
    this.#run(query)
  }

  async commit(): Promise<void> {
    this.#refuse()
    this.#isOver = true
    await this.#groups.commit()
  }

  async rollback(): Promise<void> {
    // After a commit that failed there is nothing to roll back, and the turn is somebody else's already.
    if (this.#isOver) return
    this.#isOver = true
    this.#groups.rollback()
  }

  #run<Row>(query: CompiledQuery): QueryResult<Row> {
    this.#refuse()
    try {
      return this.#writer.run(query)
    } catch (reason) {
      this.#failure = { reason }
      throw reason
    }
  }

  #refuse(): void {
    if (this.#failure) throw this.#failure.reason
    // A full disk or an I/O error ends the whole transaction: what came behind it would be committed by itself.
    if (this.#isOver || !this.#groups.isOpen) throw new Error('the transaction is over')
  }
}

/** The connection that a query of Kysely holds: the writer while its transaction runs, otherwise the reader. */
class Lease implements DatabaseConnection {
  inTransaction = false
  readonly #writer: SqliteConnection
  readonly #reader: SqliteConnection
  readonly #groups: GroupCommit

  constructor(writer: SqliteConnection, reader: SqliteConnection, groups: GroupCommit) {
    this.#writer = writer
    this.#reader = reader
    this.#groups = groups
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.inTransaction) {
      // A full disk or an I/O error ends the whole transaction: what came behind it would be committed by itself.
      if (!this.#groups.isOpen) throw new Error('the database rolled the transaction back')
      return this.#writer.run(query)
    }
    if (SelectQueryNode.is(query.query)) return this.#reader.run(query)
    return this.#groups.run(() => this.#writer.run<R>(query))
  }

  // biome-ignore lint/correctness/useYield: lists page by key, nothing here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming is not supported: read a list page by page')
  }
}

interface PreparedStatement {
  statement: StatementSync
  /** The names of what it answers; none where it answers nothing. */
  columns: readonly string[]
}

class SqliteConnection {
  readonly #db: DatabaseSync
  readonly #damage: Damage
  readonly #statements = new Map<string, PreparedStatement>()

  constructor(db: DatabaseSync, damage: Damage) {
    this.#db = db
    this.#damage = damage
  }

  run<R>(query: CompiledQuery): QueryResult<R> {
    tellStatement(query.sql, query.parameters)
    try {
      const { statement, columns } = this.#prepare(query.sql)
      const parameters = query.parameters as SQLInputValue[]
      if (columns.length > 0) return { rows: rowsOf(statement, columns, parameters) }
      const { changes, lastInsertRowid } = statement.run(...parameters)
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
    } catch (error) {
      this.#damage.note(error)
      throw error
    }
  }

  read<R>(select: string, parameters: readonly unknown[]): R[] {
    tellStatement(select, parameters)
    try {
      const { statement, columns } = this.#prepare(select)
      return rowsOf(statement, columns, parameters as SQLInputValue[])
    } catch (error) {
      this.#damage.note(error)
      throw error
    }
  }

  exec(script: string): void {
    this.#db.exec(script)
  }

  close(): void {
    this.#statements.clear()
    this.#db.close()
  }

  #prepare(sql: string): PreparedStatement {
    const known = this.#statements.get(sql)
    if (known) return known
    if (this.#statements.size >= STATEMENTS_MAX) this.#statements.clear()
    const statement = this.#db.prepare(sql)
    statement.setReturnArrays(true)
    const prepared = { statement, columns: statement.columns().map(({ name }) => name) }
    this.#statements.set(sql, prepared)
    return prepared
  }
}

/** Made here of arrays: node:sqlite's own objects are dictionaries, which take twice the time to make and to read. */
function rowsOf<R>(statement: StatementSync, columns: readonly string[], parameters: readonly SQLInputValue[]): R[] {
  const found = statement.all(...parameters)
  return found.map((values) => {
    const row: Record<string, unknown> = {}
    for (let column = 0; column < columns.length; column += 1) row[columns[column] ?? ''] = values[column]
    return row as R
  })
}
