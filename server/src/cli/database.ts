import { existsSync, mkdirSync } from 'node:fs'
import { readConfig } from '../config.ts'
import { inDataDir } from '../data-dir/data-dir.ts'
import { type Database, openDatabase } from '../db/open.ts'

/**
 * Run something on the configured database without a server, also beside a running one.
 *
 * @param create make the database where there is none
 */
export async function withDatabase<T>({ create }: { create: boolean }, use: (db: Database) => Promise<T>): Promise<T> {
  const { databaseUrl, dataDir } = readConfig(process.env)
  const sqlitePath = inDataDir(dataDir).database
  if (create) mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  else if (!databaseUrl && !existsSync(sqlitePath))
    throw new Error(`there is no database at ${sqlitePath}: set DATA_DIR`)
  const db = await openDatabase({ databaseUrl, sqlitePath })
  try {
    return await use(db)
  } finally {
    await db.destroy()
  }
}
