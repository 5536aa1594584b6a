import { Migrator } from 'kysely/migration'
import { migrations } from './migrations/index.ts'
import type { Database } from './open.ts'

/**
 * Bring the schema up to date, under a lock, so that servers that start together do it once.
 *
 * @param known the migrations of this release, or of an older one for a test
 * @returns the names of the migrations that ran
 * @throws Error when the database has seen a newer server than this one.
 */
export async function migrate(db: Database, known = migrations): Promise<string[]> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => known },
    migrationTableName: 'schema_migration',
    migrationLockTableName: 'schema_migration_lock',
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error instanceof Error && /previously executed migration .* is missing/.test(error.message)) {
    throw new Error('the database was migrated by a newer server than this one: start that version, or a newer one')
  }
  if (error) throw error
  return (results ?? []).filter(({ status }) => status === 'Success').map(({ migrationName }) => migrationName)
}
