import { mkdirSync } from 'node:fs'
import { readConfig } from '../config.ts'
import { inDataDir } from '../data-dir.ts'
import { type Database, openDatabase } from '../db/open.ts'

/** Run something on the configured database without a server, beside one that may be running. */
export async function withDatabase<T>(use: (db: Database) => Promise<T>): Promise<T> {
  const { databaseUrl, dataDir } = readConfig(process.env)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const db = await openDatabase({ databaseUrl, sqlitePath: inDataDir(dataDir).database })
  try {
    return await use(db)
  } finally {
    await db.destroy()
  }
}
