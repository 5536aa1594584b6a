import { DummyDriver, Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { systemClock } from '../time/clock.ts'
import type { Schema } from './schema.ts'
import { MIGRATION_LOCK, MIGRATIONS } from './schema-migration.ts'

interface Notes {
  [MIGRATIONS]: { name: string; timestamp: string }
  [MIGRATION_LOCK]: { id: string; is_locked: number }
}

/**
 * One script that gives an empty database the schema of all `known` migrations, and the migrator's tables as it would have
 * made them. The migrations are recorded, not run. The first statement makes the table of what ran: of two servers that
 * begin together the second waits there for the first, and then fails.
 *
 * @throws Error when a migration does more than say what changes: there is nothing to read yet.
 */
export async function firstScript(db: Kysely<Schema>, known: Readonly<Record<string, Migration>>): Promise<string> {
  const executor = db.getExecutor()
  const statements: string[] = []
  const paper = new Kysely<Notes>({
    dialect: {
      createAdapter: () => executor.adapter,
      createDriver: () => new DummyDriver(),
      createIntrospector: () => db.introspection,
      createQueryCompiler: () => executor,
    },
    log: ({ query }) => void statements.push(toStatement(query)),
  })
  await paper.schema
    .createTable(MIGRATIONS)
    .addColumn('name', 'varchar(255)', (column) => column.notNull().primaryKey())
    .addColumn('timestamp', 'varchar(255)', (column) => column.notNull())
    .execute()
  await paper.schema
    .createTable(MIGRATION_LOCK)
    .addColumn('id', 'varchar(255)', (column) => column.notNull().primaryKey())
    .addColumn('is_locked', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  await paper
    .insertInto(MIGRATION_LOCK)
    .values({ id: sql.lit('migration_lock'), is_locked: sql.lit(0) })
    .execute()
  for (const { up } of Object.values(known)) await up(paper)
  const timestamp = sql.lit(systemClock.installation().toISOString())
  const ran = Object.keys(known).map((name) => ({ name: sql.lit(name), timestamp }))
  await paper.insertInto(MIGRATIONS).values(ran).execute()
  return statements.join(';\n')
}

function toStatement(query: { sql: string; parameters: readonly unknown[] }): string {
  if (query.parameters.length === 0 && !/^\s*(select|with)\b/i.test(query.sql)) return query.sql
  throw new Error(`a migration says what changes, without reading and without parameters: ${query.sql}`)
}
