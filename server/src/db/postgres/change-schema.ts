import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { SchemaChange, Tell } from '../engine.ts'
import type { Schema } from '../schema.ts'
import { isCitus, tellOfMigration } from './citus.ts'

/** The migrator asks for the tables of a schema beside its transaction. */
const CONNECTIONS = 2

/** Change the schema over connections of its own: an index on a large table, or its way to other nodes, takes its time. */
export async function changeSchema<T>(url: string, tell: Tell, work: (change: SchemaChange) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS, keepAlive: true, application_name: 'shenpi' })
  pool.on('error', () => {})
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  try {
    const spreads = await isCitus(db)
    return await work({
      db,
      before: tellOfMigration,
      after: async (trx) => {
        if (!spreads) return
        const { placeTables } = await import('./place-tables.ts')
        await placeTables(trx, tell)
      },
    })
  } finally {
    await db.destroy()
  }
}

/** What is sent without parameters may be several statements. */
export async function runScript(url: string, tell: Tell, script: string): Promise<void> {
  await changeSchema(url, tell, ({ db, before, after }) =>
    db.transaction().execute(async (trx) => {
      await before(trx)
      await sql.raw(script).execute(trx)
      await after(trx)
    }),
  )
}
