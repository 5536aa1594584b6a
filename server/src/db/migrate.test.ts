import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { DATABASES, type Place } from '../../test/databases.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { openDatabase } from './open.ts'

/** A connection of its own, as another server would have. */
async function openAt({ databaseUrl, dataDir }: Place) {
  const db = await openDatabase({ databaseUrl, sqlitePath: join(dataDir, 'shenpi.db') })
  return { db, [Symbol.asyncDispose]: () => db.destroy() }
}

const tablesOf = async (db: Awaited<ReturnType<typeof openDatabase>>) =>
  (await db.introspection.getTables()).map(({ name }) => name)

for (const kind of DATABASES) {
  describe(`migrating on ${kind.name}`, () => {
    test('an empty database runs every migration, and a second time none', async () => {
      await using place = await kind.place()
      await using opened = await openAt(place)
      assert.deepEqual(await migrate(opened.db), Object.keys(migrations))
      assert.deepEqual(await migrate(opened.db), [])
      assert.ok((await tablesOf(opened.db)).includes('application'))
    })

    test('a database of a newer server is refused in a sentence that says what to do', async () => {
      await using opened = await kind.open()
      const { db } = opened
      await sql`insert into schema_migration (name, timestamp) values ('9999-newer', '2099')`.execute(db)
      await assert.rejects(migrate(db), {
        message: 'the database was migrated by a newer server than this one: start that version, or a newer one',
      })
    })

    test('that fails half-way leaves nothing behind, and can be tried again', async () => {
      await using place = await kind.place()
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

test('two servers that migrate one PostgreSQL at once do it once', { skip: !POSTGRES && 'no PostgreSQL' }, async () => {
  assert.ok(POSTGRES)
  await using place = await POSTGRES.place()
  await using one = await openAt(place)
  await using other = await openAt(place)
  const ran = await Promise.all([migrate(one.db), migrate(other.db)])
  assert.deepEqual(ran.flat(), Object.keys(migrations))
})
