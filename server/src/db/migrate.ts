import { Migrator } from 'kysely/migration'
import { engineOf } from './engine.ts'
import { codesOf } from './error-codes.ts'
import { firstScript, MIGRATION_LOCK, MIGRATIONS } from './first-script.ts'
import { migrations } from './migrations/index.ts'
import type { Database } from './open.ts'

/**
 * Bring the schema up to date, once where servers start together. An empty database gets one script; an older one is
 * migrated step by step, under a lock.
 *
 * @param known the migrations of this release, or of an older one for a test
 * @param onEmpty asked before an empty database is filled; what it throws leaves it empty
 * @returns the names of the migrations that ran
 * @throws Error when the database has seen a newer server than this one.
 */
export async function migrate(
  db: Database,
  { known = migrations, onEmpty = async () => {} }: { known?: typeof migrations; onEmpty?: () => Promise<void> } = {},
): Promise<string[]> {
  const names = Object.keys(known)
  const ran = await readNames(db)
  if (ran && names.join() === ran.join()) return []
  if (!ran) {
    await onEmpty()
    if (await fill(db, known)) return names
  }
  return await migrateOneByOne(db, known)
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
async function fill(db: Database, known: typeof migrations): Promise<boolean> {
  const script = await firstScript(db, known)
  try {
    await engineOf(db).runScript(script)
    return true
  } catch (error) {
    if (await readNames(db)) return false
    throw error
  }
}

async function migrateOneByOne(db: Database, known: typeof migrations): Promise<string[]> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => known },
    migrationTableName: MIGRATIONS,
    migrationLockTableName: MIGRATION_LOCK,
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error instanceof Error && /previously executed migration .* is missing/.test(error.message)) {
    throw new Error('the database was migrated by a newer server than this one: start that version, or a newer one')
  }
  if (error) throw error
  return (results ?? []).filter(({ status }) => status === 'Success').map(({ migrationName }) => migrationName)
}

const POSTGRES_UNDEFINED_TABLE = '42P01'

function isMissingTable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return codesOf(error).code === POSTGRES_UNDEFINED_TABLE || error.message.startsWith('no such table')
}
