import { readConfig } from '../config.ts'
import { migrate } from '../db/migrate.ts'
import { refuseLostDatabase } from '../lost-database.ts'
import { withDatabase } from './database.ts'
import { answer } from './remote.ts'

export async function migrateDatabase(options: { json?: boolean }): Promise<void> {
  const migrations = await withDatabase({ create: true }, (db) =>
    migrate(db, { onEmpty: () => refuseLostDatabase(readConfig(process.env)) }),
  )
  answer(options, { migrations }, () => {
    console.log(migrations.length > 0 ? `Migrated: ${migrations.join(', ')}` : 'The database is up to date.')
  })
}
