import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { createPostgresDatabase } from './test-database.ts'

/** Migrated databases, for the environment of a run's tests: each test's own is a copy. */
export interface Templates {
  env: { TEST_SQLITE_TEMPLATE: string; TEST_POSTGRES_TEMPLATE?: string }
  drop(): Promise<void>
}

/** Lay down one of SQLite, and one on the server of `TEST_DATABASE_URL`, where there is one. */
export async function layTemplates(): Promise<Templates> {
  const folder = await mkdtemp(join(tmpdir(), 'shenpi-templates-'))
  const sqlitePath = join(folder, 'shenpi.db')
  await migrateAt({ sqlitePath })
  const postgres = process.env.TEST_DATABASE_URL ? await createPostgresDatabase() : undefined
  if (postgres) await migrateAt({ sqlitePath, databaseUrl: postgres.url })
  return {
    env: {
      TEST_SQLITE_TEMPLATE: sqlitePath,
      ...(postgres && { TEST_POSTGRES_TEMPLATE: postgres.name }),
    },
    async drop() {
      await postgres?.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function migrateAt(place: Parameters<typeof openDatabase>[0]): Promise<void> {
  const db = await openDatabase(place)
  await migrate(db)
  await db.destroy()
}
