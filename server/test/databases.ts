import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inDataDir } from '../src/data-dir/data-dir.ts'
import { migrate } from '../src/db/migrate.ts'
import { migrations } from '../src/db/migrations/index.ts'
import { type Database, openDatabase } from '../src/db/open.ts'
import { type CitusTemplates, createCitusDatabase } from './citus-database.ts'
import './statements/record.ts'
import { createPostgresDatabase, type TestDatabase } from './test-database.ts'

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
  name: 'sqlite' | 'postgres' | 'citus'
  /** Its database is migrated: that takes its time for each test, and on Citus seconds. */
  place(): Promise<Place>
  emptyPlace(): Promise<Place>
  /** @param last the last migration that an older release had */
  open(last?: string): Promise<OpenDatabase>
}

type Places = Pick<DatabaseKind, 'name' | 'place' | 'emptyPlace'>

async function newPlace(database?: TestDatabase): Promise<Place> {
  const dataDir = await mkdtemp(join(tmpdir(), 'shenpi-test-'))
  return {
    dataDir,
    databaseUrl: database?.url,
    async [Symbol.asyncDispose]() {
      await database?.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** The migrated databases that a run lays down once (templates.ts); without them, a test's own server migrates. */
const { TEST_SQLITE_TEMPLATE, TEST_POSTGRES_TEMPLATE } = process.env

async function newSqlite(): Promise<Place> {
  const place = await newPlace()
  if (TEST_SQLITE_TEMPLATE) await copyFile(TEST_SQLITE_TEMPLATE, inDataDir(place.dataDir).database)
  return place
}

const newPostgres = async (template?: string) => newPlace(await createPostgresDatabase(template))
const newCitus = async (template: keyof CitusTemplates) => newPlace(await createCitusDatabase(template))

const sqlite: Places = { name: 'sqlite', place: newSqlite, emptyPlace: () => newPlace() }
const postgres: Places = {
  name: 'postgres',
  place: () => newPostgres(TEST_POSTGRES_TEMPLATE),
  emptyPlace: () => newPostgres(),
}
const citus: Places = {
  name: 'citus',
  place: () => newCitus('migrated'),
  emptyPlace: () => newCitus('empty'),
}

/** What `npm test` found, as its last lines say; `npm run test:citus` runs on Citus alone. */
function offered({ TEST_CITUS_TEMPLATES, TEST_DATABASE_URL }: NodeJS.ProcessEnv): Places[] {
  if (TEST_CITUS_TEMPLATES) return [citus]
  return TEST_DATABASE_URL ? [sqlite, postgres] : [sqlite]
}

/** Both databases; SQLite alone on a machine without PostgreSQL. */
export const DATABASES: readonly DatabaseKind[] = offered(process.env).map((kind) => ({
  ...kind,
  async open(last?: string) {
    const place = await (last ? kind.emptyPlace() : kind.place())
    const db = await openDatabase({ databaseUrl: place.databaseUrl, sqlitePath: inDataDir(place.dataDir).database })
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
}))

const migrationsUpTo = (last: string) => Object.fromEntries(Object.entries(migrations).filter(([name]) => name <= last))
