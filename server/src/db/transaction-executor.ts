import {
  type CompiledQuery,
  type ConnectionProvider,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  DummyDriver,
  type Kysely,
  type QueryResult,
  Transaction,
} from 'kysely'
import type { OpenTransaction } from './engine.ts'
import type { Schema } from './schema.ts'

/** Kysely's way into a transaction that the engine holds open. */
export class TransactionExecutor extends DefaultQueryExecutor {
  readonly open: OpenTransaction

  constructor(db: Kysely<Schema>, open: OpenTransaction) {
    const executor = db.getExecutor()
    super(executor, executor.adapter, new OneConnection(open))
    this.open = open
  }
}

class OneConnection implements ConnectionProvider, DatabaseConnection {
  readonly #open: OpenTransaction

  constructor(open: OpenTransaction) {
    this.#open = open
  }

  provideConnection<T>(use: (connection: DatabaseConnection) => Promise<T>): Promise<T> {
    return use(this)
  }

  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#open.ask<Row>(query)
  }

  // biome-ignore lint/correctness/useYield: lists page by key, nothing here streams
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('streaming is not supported: read a list page by page')
  }
}

/** What Kysely wants of every instance, and asks of none that is a transaction. */
const driver = new DummyDriver()
const dialect: Dialect = {
  createAdapter: unasked,
  createDriver: () => driver,
  createIntrospector: unasked,
  createQueryCompiler: unasked,
}

function unasked(): never {
  throw new Error('a transaction has no dialect of its own')
}

/** A transaction as use cases and stores see it. */
export function transactionOn(db: Kysely<Schema>, open: OpenTransaction): Transaction<Schema> {
  return new Transaction<Schema>({ config: { dialect }, driver, dialect, executor: new TransactionExecutor(db, open) })
}
