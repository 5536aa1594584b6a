/** The migrator's tables: what ran, and its lock. */
export const MIGRATIONS = 'schema_migration'
export const MIGRATION_LOCK = 'schema_migration_lock'
