import type { CompiledQuery, Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** What the adapters of both databases can besides what Kysely asks of them. */
export interface CommittedReads {
  /**
   * Run a select outside of any transaction, past the layers in which Kysely hands a connection out and takes it back. It
   * sees what was committed before it was asked for, as on the longer way.
   */
  read<Row>(select: CompiledQuery<Row>, parameters: readonly unknown[]): Row[] | Promise<Row[]>
}

export function committedReads(db: Kysely<Schema>): CommittedReads {
  return db.getExecutor().adapter as unknown as CommittedReads
}
