import { channel } from 'node:diagnostics_channel'
import {
  type CompiledQuery,
  type DialectAdapter,
  type Kysely,
  PostgresAdapter,
  type QueryExecutorProvider,
  type QueryResult,
  type RawBuilder,
  sql,
} from 'kysely'
import type { FairSemaphore } from '../fair-semaphore.ts'
import type { Damage } from './damage.ts'
import type { Schema } from './schema.ts'

/** What the adapters of both databases can besides what Kysely asks of them. */
export interface Engine {
  /** How lists are handed over: PostgreSQL's arrays, or JSON. */
  readonly lists: 'arrays' | 'json'
  /** Whether accounts lie on several nodes, so that what is asked of all of them asks each. Known once it is migrated. */
  readonly isSharded: boolean
  readonly damage: Damage
  /** How many changes are under way at once, and how many of one account. */
  readonly changePermits: FairSemaphore
  /**
   * Run a select outside of any transaction, past the layers in which Kysely hands a connection out and takes it back. It
   * sees what was committed before it was asked for, as on the longer way.
   */
  read<Row>(select: CompiledQuery<Row>, parameters: readonly unknown[]): Row[] | Promise<Row[]>
  /** Asked before each commit: what it throws undoes the transaction. Faults alone set it, in a sandbox. */
  beforeCommit?: (() => void) | undefined
  /** Begin a transaction. @throws Error when its turn, or a connection, does not come in time */
  begin(): Promise<OpenTransaction>
  /**
   * Run statements that take no parameters and answer nothing, parted by semicolons, on an empty database: all of them or
   * none, sent at once. The tables that they make are placed with them.
   */
  runScript(script: string, tell: Tell): Promise<void>
  /** Change the schema over a connection that no deadline ends. */
  changeSchema<T>(db: Kysely<Schema>, tell: Tell, work: (change: SchemaChange) => Promise<T>): Promise<T>
  /** Of a database that is one file. */
  readonly file: DatabaseFile | undefined
  /** Which tables are not yet where they belong on the nodes of Citus, and where that is; nothing elsewhere. */
  findUnplaced(db: Kysely<Schema>): Promise<string[]>
}

/** What can be done with a database as a whole that is one file. */
export interface DatabaseFile {
  /** Copy it, as it is committed, to a new file. */
  copyTo(path: string): Promise<void>
  /**
   * Exchange what stands in these tables for what stands in those of another file, in one transaction, while nobody writes.
   * Connections and prepared statements live on.
   *
   * @throws OtherRelease when the files were not made by the same migrations
   */
  takeFrom(path: string, tables: readonly string[]): Promise<void>
}

/** Told what takes its time, in a sentence. */
export type Tell = (line: string) => void

export interface SchemaChange {
  db: Kysely<Schema>
  /** Comes first in a transaction that changes the schema. */
  before(trx: QueryExecutorProvider): Promise<void>
  /** Comes last there: places new tables. */
  after(trx: QueryExecutorProvider): Promise<void>
}

/** A transaction of a database. Its statements run in the order in which they are given. */
export interface OpenTransaction {
  /** Run a statement behind those that wait, and answer. @throws what it, or one that waited, failed with */
  ask<Row>(query: CompiledQuery): Promise<QueryResult<Row>>
  /** Take a statement whose answer nobody needs: it runs with the next one that is asked, or with the commit. */
  queue(query: CompiledQuery): void
  /** @throws what a statement that waited failed with: nothing is changed then, once it is rolled back */
  commit(): Promise<void>
  /** Undo everything. Also after a commit that failed. */
  rollback(): Promise<void>
}

export function engineOf(db: Kysely<Schema>): Engine {
  const { adapter } = db.getExecutor()
  if (!isEngine(adapter)) throw new TypeError('the database was not opened by openDatabase')
  return adapter
}

const isEngine = (adapter: DialectAdapter): adapter is DialectAdapter & Engine => 'changePermits' in adapter

/**
 * The time, in milliseconds, on which all servers of a database agree, as a part of a statement: PostgreSQL's own; SQLite has
 * one server only, whose time it is.
 *
 * @param machineNow of the machine's time
 */
export function sharedNow(db: Kysely<Schema>, machineNow: number): RawBuilder<number> {
  const isShared = db.getExecutor().adapter instanceof PostgresAdapter
  return isShared
    ? sql`(extract(epoch from statement_timestamp()) * 1000)::bigint`
    : sql`cast(${machineNow} as integer)`
}

/** Whoever subscribes is told each statement as it goes to the database: its text, and the values of its parameters. */
export const STATEMENT_CHANNEL = 'shenpi.statement'

export interface ToldStatement {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

const statements = channel(STATEMENT_CHANNEL)

export function tellStatement(sql: string, parameters: readonly unknown[]): void {
  if (statements.hasSubscribers) statements.publish({ sql, parameters } satisfies ToldStatement)
}
