import type { CompiledQuery, Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** What the adapters of both databases can besides what Kysely asks of them. */
export interface CommittedReads {
  /**
   * Run a select outside of any transaction, without the layers in which Kysely acquires and releases a connection. It sees
   * what was committed before it was requested, as on Kysely's way.
   */
  read<Row>(select: CompiledQuery<Row>, parameters: readonly unknown[]): Row[] | Promise<Row[]>
}

export function committedReads(db: Kysely<Schema>): CommittedReads {
  return db.getExecutor().adapter as unknown as CommittedReads
}
