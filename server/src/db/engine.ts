import type { CompiledQuery, DialectAdapter, Kysely } from 'kysely'
import type { FairSemaphore } from '../fair-semaphore.ts'
import type { Damage } from './damage.ts'
import type { Schema } from './schema.ts'

/** What the adapters of both databases can besides what Kysely asks of them. */
export interface Engine {
  readonly damage: Damage
  /** How many changes are under way at once, and how many of one account. */
  readonly changePermits: FairSemaphore
  /**
   * Run a select outside of any transaction, past the layers in which Kysely hands a connection out and takes it back. It
   * sees what was committed before it was asked for, as on the longer way.
   */
  read<Row>(select: CompiledQuery<Row>, parameters: readonly unknown[]): Row[] | Promise<Row[]>
  /** Run statements that take no parameters and answer nothing, parted by semicolons: all of them or none, sent at once. */
  runScript(script: string): Promise<void>
}

export function engineOf(db: Kysely<Schema>): Engine {
  const { adapter } = db.getExecutor()
  if (!isEngine(adapter)) throw new TypeError('the database was not opened by openDatabase')
  return adapter
}

const isEngine = (adapter: DialectAdapter): adapter is DialectAdapter & Engine => 'changePermits' in adapter
