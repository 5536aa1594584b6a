import { type QueryExecutorProvider, sql } from 'kysely'

/** Whether the database has the extension citus: then its tables stand on several nodes. */
export async function isCitus(db: QueryExecutorProvider): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_extension where extname = 'citus'`.execute(db)
  return rows.length > 0
}

/**
 * Tell Citus that the schema changes. Tables that refer to a reference table would become tables of its own else, which it
 * cannot distribute; and what refers to each other is changed one after the other. PostgreSQL without Citus ignores it.
 */
export async function tellOfMigration(trx: QueryExecutorProvider): Promise<void> {
  await sql`set local citus.enable_local_reference_table_foreign_keys = off`.execute(trx)
  await sql`set local citus.multi_shard_modify_mode = 'sequential'`.execute(trx)
}

/** What connections to the coordinator of Citus are told. */
export interface SessionSettings {
  /** Statements that set it. */
  readonly sql: string
  /** An answer that takes longer never comes. Unit: milliseconds. */
  readonly answerMs: number
}

/**
 * A worker that hangs holds up whoever waits for it, and with their connections everybody: so a statement waits shorter than
 * on one PostgreSQL, and a new connection to a worker shorter still. A coordinator that gave up on a statement may hang
 * itself when it tells the worker, so the answer is not waited for. Source: docs/decisions/0026-citus.md.
 */
export const CITUS_SESSION: SessionSettings = {
  sql: 'set statement_timeout = 5000; set citus.node_connection_timeout = 2000',
  answerMs: 6000,
}
