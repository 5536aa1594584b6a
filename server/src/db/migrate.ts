import type { Migration } from 'kysely/migration'
import { codesOf } from '../thrown.ts'
import { engineOf, type SchemaChange, type Tell } from './engine.ts'
import { migrations } from './migrations/index.ts'
import type { Database } from './open.ts'
import { MIGRATION_LOCK, MIGRATIONS } from './schema-migration.ts'

type Known = Readonly<Record<string, Migration>>

/** What is to be done to a database. */
interface MigrationPlan {
  /** The names of the migrations that have not run. */
  migrations: string[]
  /** Tables that are not yet where they belong on the nodes of Citus, and where that is. */
  placing: string[]
}

/**
 * Bring the schema up to date, once where servers start together. An empty database gets one script; an older one is
 * migrated step by step, under a lock. On Citus the tables are placed in the same transaction.
 *
 * @param known the migrations of this release, or of an older one for a test
 * @param onEmpty asked before an empty database is filled; what it throws leaves it empty
 * @param tell told what takes its time
 * @returns the names of the migrations that ran
 * @throws Error when the database has seen a newer server than this one, or when its tables cannot be placed
 */
export async function migrate(
  db: Database,
  {
    known = migrations,
    onEmpty = async () => {},
    tell = () => {},
  }: { known?: Known; onEmpty?: () => Promise<void>; tell?: Tell } = {},
): Promise<string[]> {
  const names = Object.keys(known)
  const ran = await readNames(db)
  const unplaced = await engineOf(db).findUnplaced(db)
  if (ran && names.join() === ran.join()) {
    if (unplaced.length > 0) await place(db, tell)
    return []
  }
  if (!ran) {
    await onEmpty()
    if (await fill(db, known, tell)) return names
  }
  return await migrateOneByOne(db, known, tell)
}

/** What {@link migrate} would do. @throws Error as it would */
export async function planMigration(db: Database, known: Known = migrations): Promise<MigrationPlan> {
  const names = Object.keys(known)
  const ran = (await readNames(db)) ?? []
  if (ran.some((name) => !names.includes(name))) throw newerServer()
  const placing = await engineOf(db).findUnplaced(db)
  return { migrations: names.filter((name) => !ran.includes(name)), placing }
}

/** The migrations that ran, in their order; undefined where the database has never seen any. */
async function readNames(db: Database): Promise<string[] | undefined> {
  try {
    const rows = await db
      .withTables<{ [MIGRATIONS]: { name: string } }>()
      .selectFrom(MIGRATIONS)
      .select('name')
      .orderBy('name')
      .execute()
    return rows.map(({ name }) => name)
  } catch (error) {
    if (isMissingTable(error)) return undefined
    throw error
  }
}

/** Run every migration at once. @returns false when another server was faster */
async function fill(db: Database, known: Known, tell: Tell): Promise<boolean> {
  const { firstScript } = await import('./first-script.ts')
  const script = await firstScript(db, known)
  try {
    await engineOf(db).runScript(script, tell)
    return true
  } catch (error) {
    if (await readNames(db)) return false
    throw error
  }
}

async function migrateOneByOne(db: Database, known: Known, tell: Tell): Promise<string[]> {
  const { Migrator } = await import('kysely/migration')
  const { error, results } = await engineOf(db).changeSchema(db, tell, (change) => {
    const migrator = new Migrator({
      db: change.db,
      provider: { getMigrations: async () => within(change, known) },
      migrationTableName: MIGRATIONS,
      migrationLockTableName: MIGRATION_LOCK,
    })
    return migrator.migrateToLatest()
  })
  if (error instanceof Error && /previously executed migration .* is missing/.test(error.message)) throw newerServer()
  if (error) throw error
  return (results ?? []).filter(({ status }) => status === 'Success').map(({ migrationName }) => migrationName)
}

/** The migrations, which share a transaction, with what comes before each of them and after the last. */
function within({ before, after }: SchemaChange, known: Known): Record<string, Migration> {
  const last = Object.keys(known).at(-1)
  const migration = (name: string, { up }: Migration): Migration => ({
    async up(trx) {
      await before(trx)
      await up(trx)
      if (name === last) await after(trx)
    },
  })
  return Object.fromEntries(Object.entries(known).map(([name, each]) => [name, migration(name, each)]))
}

async function place(db: Database, tell: Tell): Promise<void> {
  await engineOf(db).changeSchema(db, tell, async (change) => {
    await change.db.transaction().execute(change.after)
  })
}

const newerServer = () =>
  new Error('the database was migrated by a newer server than this one: start that version, or a newer one')

const POSTGRES_UNDEFINED_TABLE = '42P01'

function isMissingTable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return codesOf(error).code === POSTGRES_UNDEFINED_TABLE || error.message.startsWith('no such table')
}
