import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** What the adapters of both databases can besides what Kysely asks of them. */
export interface Scripts {
  /** Run statements that take no parameters and answer nothing, parted by semicolons: all of them or none, sent at once. */
  runScript(script: string): Promise<void>
}

export function scripts(db: Kysely<Schema>): Scripts {
  return db.getExecutor().adapter as unknown as Scripts
}
