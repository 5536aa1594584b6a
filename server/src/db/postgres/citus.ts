import { type QueryExecutorProvider, sql } from 'kysely'

/** Whether the database has the extension citus: then its tables stand on several nodes. */
export async function isCitus(db: QueryExecutorProvider): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_extension where extname = 'citus'`.execute(db)
  return rows.length > 0
}
