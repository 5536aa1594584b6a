import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { type Kysely, sql } from 'kysely'
import { DATABASES, type DatabaseKind, type Place } from '../../test/databases.ts'
import { firstScript } from './first-script.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { type Database, openDatabase } from './open.ts'
import { MIGRATIONS } from './schema-migration.ts'

/** A connection of its own, as another server would have. */
async function openAt({ databaseUrl, dataDir }: Place) {
  const db = await openDatabase({ databaseUrl, sqlitePath: join(dataDir, 'shenpi.db') })
  return { db, [Symbol.asyncDispose]: () => db.destroy() }
}

/** Without the views of Citus. */
const tablesOf = async (db: Database) =>
  (await db.introspection.getTables()).map(({ name }) => name).filter((name) => !name.startsWith('citus_'))

const SQLITE_DEFINITIONS = sql<{ line: string }>`select type || ' ' || name || ' ' || coalesce(sql, '') as line
  from sqlite_master order by line`
const POSTGRES_DEFINITIONS = sql<{ line: string }>`
  select concat_ws(' ', table_name, ordinal_position, column_name, data_type, is_nullable, column_default) as line
    from information_schema.columns where table_schema = current_schema()
  union all select indexdef from pg_indexes where schemaname = current_schema()
  union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
    where connamespace = current_schema()::regnamespace
      -- A copy of a reference table, on Citus.
      and conrelid::regclass::text !~ '_[0-9]{6}$'
  order by line`

/** Everything that a migration may have left: what is defined, and the rows of every table but when something ran. */
async function contentOf(db: Database, name: DatabaseKind['name']) {
  const { rows } = await (name === 'sqlite' ? SQLITE_DEFINITIONS : POSTGRES_DEFINITIONS).execute(db)
  const tables = new Map<string, unknown[]>()
  for (const table of await tablesOf(db)) {
    if (table !== MIGRATIONS) tables.set(table, (await sql`select * from ${sql.table(table)}`.execute(db)).rows)
  }
  const ran = await sql<{ name: string }>`select name from ${sql.table(MIGRATIONS)} order by timestamp, name`.execute(
    db,
  )
  return { definitions: rows.map(({ line }) => line), tables, ran: ran.rows }
}

for (const kind of DATABASES) {
  describe(`migrating on ${kind.name}`, () => {
    test('runs every migration on an empty database, and none a second time', async () => {
      await using place = await kind.emptyPlace()
      await using opened = await openAt(place)
      assert.deepEqual(await migrate(opened.db), Object.keys(migrations))
      assert.deepEqual(await migrate(opened.db), [])
      assert.ok((await tablesOf(opened.db)).includes('application'))
    })

    test('gives an empty database the same schema as one migration after the other', async () => {
      await using fresh = await kind.open()
      await using older = await kind.open('0001-foundation')
      assert.deepEqual(await migrate(older.db), Object.keys(migrations).slice(1))
      assert.deepEqual(await contentOf(fresh.db, kind.name), await contentOf(older.db, kind.name))
    })

    test('refuses a migration that reads', async () => {
      await using opened = await kind.open()
      const reading = { up: async (db: Kysely<unknown>) => void (await sql`select 1`.execute(db)) }
      await assert.rejects(firstScript(opened.db, { '0001-reading': reading }), /without reading/)
    })

    test('refuses the database of a newer server in a sentence that says what to do', async () => {
      await using opened = await kind.open()
      const { db } = opened
      await sql`insert into schema_migration (name, timestamp) values ('9999-newer', '2099')`.execute(db)
      await assert.rejects(migrate(db), {
        message: 'the database was migrated by a newer server than this one: start that version, or a newer one',
      })
    })

    test('leaves nothing behind when it fails half-way, and can be repeated', async () => {
      await using place = await kind.emptyPlace()
      await using opened = await openAt(place)
      const { db } = opened
      // The migration makes this table near its end.
      await sql`create table picture_link (other text)`.execute(db)
      await assert.rejects(migrate(db), /already exists/)
      assert.ok(!(await tablesOf(db)).includes('account'))
      await sql`drop table picture_link`.execute(db)
      assert.deepEqual(await migrate(db), Object.keys(migrations))
    })
  })
}

const POSTGRES = DATABASES.find(({ name }) => name === 'postgres')

test('two servers at once migrate one PostgreSQL once', { skip: !POSTGRES && 'no PostgreSQL' }, async () => {
  assert.ok(POSTGRES)
  await using place = await POSTGRES.emptyPlace()
  await using one = await openAt(place)
  await using other = await openAt(place)
  const ran = await Promise.all([migrate(one.db), migrate(other.db)])
  assert.deepEqual(ran.flat(), Object.keys(migrations))
})
