import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../src/db/migrate.ts'
import { migrations } from '../src/db/migrations/index.ts'
import { type Database, openDatabase } from '../src/db/open.ts'
import { createPostgresDatabase } from './test-database.ts'

/** An empty place for a database that is removed after the test. */
export interface Place extends AsyncDisposable {
  /** A data directory of its own. */
  dataDir: string
  /** Of PostgreSQL; undefined for SQLite. */
  databaseUrl: string | undefined
}

/** An open and migrated database. */
export interface OpenDatabase extends AsyncDisposable {
  db: Database
  place: Place
}

export interface DatabaseKind {
  name: 'sqlite' | 'postgres'
  place(): Promise<Place>
  /** @param last the last migration that an older release had */
  open(last?: string): Promise<OpenDatabase>
}

const sqlite: Pick<DatabaseKind, 'name' | 'place'> = {
  name: 'sqlite',
  async place() {
    const dataDir = await mkdtemp(join(tmpdir(), 'shenpi-test-'))
    const remove = () => rm(dataDir, { recursive: true, force: true })
    return { dataDir, databaseUrl: undefined, [Symbol.asyncDispose]: remove }
  },
}

const postgres: Pick<DatabaseKind, 'name' | 'place'> = {
  name: 'postgres',
  async place() {
    const files = await sqlite.place()
    const { url, drop } = await createPostgresDatabase()
    return {
      dataDir: files.dataDir,
      databaseUrl: url,
      async [Symbol.asyncDispose]() {
        await drop()
        await files[Symbol.asyncDispose]()
      },
    }
  },
}

/** Both databases; SQLite alone on a machine without PostgreSQL, as the last lines of `npm test` say then. */
export const DATABASES: readonly DatabaseKind[] = (process.env.TEST_DATABASE_URL ? [sqlite, postgres] : [sqlite]).map(
  (kind) => ({
    ...kind,
    async open(last?: string) {
      const place = await kind.place()
      const db = await openDatabase({ databaseUrl: place.databaseUrl, sqlitePath: join(place.dataDir, 'shenpi.db') })
      await migrate(db, { known: last ? migrationsUpTo(last) : migrations })
      return {
        db,
        place,
        async [Symbol.asyncDispose]() {
          await db.destroy()
          await place[Symbol.asyncDispose]()
        },
      }
    },
  }),
)

const migrationsUpTo = (last: string) => Object.fromEntries(Object.entries(migrations).filter(([name]) => name <= last))
