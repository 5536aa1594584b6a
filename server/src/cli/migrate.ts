import { readConfig } from '../config.ts'
import { migrate, planMigration } from '../db/migrate.ts'
import { refuseLostDatabase } from '../lost-database.ts'
import { withDatabase } from './database.ts'
import { answer } from './remote.ts'

export async function migrateDatabase(options: { json?: boolean; plan?: boolean }): Promise<void> {
  if (options.plan) return await showPlan(options)
  const migrations = await withDatabase({ create: true }, (db) =>
    migrate(db, {
      onEmpty: () => refuseLostDatabase(readConfig(process.env)),
      tell: (line) => console.error(line),
    }),
  )
  answer(options, { migrations }, () => {
    console.log(migrations.length > 0 ? `Migrated: ${migrations.join(', ')}` : 'The database is up to date.')
  })
}

async function showPlan(options: { json?: boolean }): Promise<void> {
  const plan = await withDatabase({ create: false }, (db) => planMigration(db))
  answer(options, plan, () => {
    if (plan.migrations.length > 0) console.log(`To migrate: ${plan.migrations.join(', ')}`)
    if (plan.placing.length > 0) console.log(`To place on the nodes of Citus: ${plan.placing.join(', ')}`)
    if (plan.migrations.length + plan.placing.length === 0) console.log('The database is up to date.')
  })
}
