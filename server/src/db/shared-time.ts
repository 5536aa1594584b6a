import { type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely'
import type { Schema } from './schema.ts'

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
