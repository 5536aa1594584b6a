import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { describe, type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { DATABASES } from '../../../test/databases.ts'
import { transaction } from '../transaction.ts'
import { requireSqlite } from './dialect.ts'

const SQLITE = DATABASES.find(({ name }) => name === 'sqlite') ?? assert.fail('there is always SQLite')

describe('the version of SQLite', () => {
  for (const version of ['3.51.3', '3.51.4', '3.51.10', '3.52.0', '4.0.0', '3.53']) {
    test(`${version} is recent enough`, () => requireSqlite(version))
  }
  for (const version of ['3.51.2', '3.51', '3.50.9', '3.9.0', '2.99.99']) {
    test(`${version} is refused in a sentence that names both`, () => {
      assert.throws(() => requireSqlite(version), {
        message: `SQLite 3.51.3 or newer is needed; this Node carries ${version}`,
      })
    })
  }
})

/** Tables of the test's own: an item, and a note that must name one once it is committed. */
async function open(t: TestContext) {
  const opened = await SQLITE.open()
  t.after(() => opened[Symbol.asyncDispose]())
  const { db } = opened
  await sql`create table item (name text primary key) strict`.execute(db)
  await sql`create table note (item text not null references item (name) deferrable initially deferred) strict`.execute(
    db,
  )
  const items = async () => (await sql<{ name: string }>`select name from item order by name`.execute(db)).rows
  return { db, items: async () => (await items()).map(({ name }) => name) }
}

describe('the database in a file', () => {
  test('uses a write-ahead log and waits for the disk', async (t) => {
    const { db } = await open(t)
    const pragma = async (name: string) =>
      Object.values((await sql.raw(`pragma ${name}`).execute(db)).rows[0] as object)
    assert.deepEqual(await pragma('journal_mode'), ['wal'])
    assert.deepEqual(await pragma('synchronous'), [2])
    assert.deepEqual(await pragma('foreign_keys'), [1])
  })

  test('ignores `for update`, and no other word', async (t) => {
    const { db } = await open(t)
    const query = db.selectFrom('account_journal').select('entry_no')
    assert.equal(query.forUpdate().compile().sql.trim(), query.compile().sql)
    assert.match(query.distinct().compile().sql, /distinct/)
    assert.match(query.forShare().compile().sql, /for share/)
  })

  test('refuses to stream', async (t) => {
    const { db } = await open(t)
    const stream = db.selectFrom('account').selectAll().stream()
    await assert.rejects(async () => {
      for await (const _row of stream) assert.fail('a row')
    }, /streaming is not supported/)
  })

  test('answers more statements than it keeps prepared', async (t) => {
    const { db } = await open(t)
    for (let index = 0; index < 1100; index += 1) {
      const { rows } = await sql<{ answer: number }>`select ${sql.lit(index)} as answer`.execute(db)
      assert.equal(rows[0]?.answer, index)
    }
  })

  test('commits transactions that arrive together with one sync of the disk', async (t) => {
    const { db, items } = await open(t)
    const exec = t.mock.method(DatabaseSync.prototype, 'exec')
    // Time stands still, so that a slow machine does not end a group early.
    t.mock.method(performance, 'now', () => 0)
    const add = (name: string) => transaction(db, (trx) => sql`insert into item (name) values (${name})`.execute(trx))
    await Promise.all([add('a'), add('b'), add('c')])
    const commits = exec.mock.calls.filter((call) => call.arguments[0] === 'commit')
    assert.equal(commits.length, 1)
    assert.deepEqual(await items(), ['a', 'b', 'c'])
  })

  test('reads what is committed while a transaction is open', async (t) => {
    const { db } = await open(t)
    const uuids = () => db.selectFrom('beacon_uuid').select('position').execute()
    await transaction(db, async (trx) => {
      await trx.insertInto('beacon_uuid').values({ position: 1, uuid: 'B' }).execute()
      assert.equal((await uuids()).length, 1)
    })
    assert.equal((await uuids()).length, 2)
  })

  test('can be closed right after a statement that failed', async () => {
    const { db, place } = await SQLITE.open()
    await using _place = place
    await assert.rejects(sql`insert into nowhere values (1)`.execute(db))
    await db.destroy()
  })

  test('isolates a failed statement from the others of its group', async (t) => {
    const { db, items } = await open(t)
    const add = (name: string) => sql`insert into item (name) values (${name})`.execute(db)
    const [first, second, third] = await Promise.allSettled([add('a'), add('a'), add('b')])
    assert.deepEqual([first?.status, second?.status, third?.status], ['fulfilled', 'rejected', 'fulfilled'])
    assert.deepEqual(await items(), ['a', 'b'])
  })

  test('does not roll back another transaction after a failed commit', async (t) => {
    const { db, items } = await open(t)
    let now = 0
    t.mock.method(performance, 'now', () => now)
    const step = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const failing = transaction(db, async (trx) => {
      await sql`insert into note (item) values ('nobody')`.execute(trx)
      begun.resolve()
      await step.promise
    })
    await begun.promise
    const other = transaction(db, async (trx) => {
      await sql`insert into item (name) values ('first half')`.execute(trx)
      // The failed one is told, and cleans up, while this one is half done.
      await assert.rejects(failing, /FOREIGN KEY/)
      await sql`insert into item (name) values ('second half')`.execute(trx)
    })
    now = 6 // the group is old enough to be committed before the other one's turn
    step.resolve()
    await other
    assert.deepEqual(await items(), ['first half', 'second half'])
  })
})
