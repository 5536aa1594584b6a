import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { DATABASES } from '../../../test/databases.ts'
import { startPostgresProxy } from '../../../test/postgres-proxy.ts'
import { openDatabase } from '../open.ts'
import { prepared } from '../statements.ts'
import { transaction } from '../transaction.ts'
import { DEADLINES } from './dialect.ts'

const POSTGRES = DATABASES.find(({ name }) => name === 'postgres')

const BEGIN = Buffer.from('begin\0')
/** As long, and nothing that PostgreSQL understands. */
const NONSENSE = Buffer.from('nigeb\0')

const anAccount = (name: string) => ({
  appid: `wx${name}`,
  original_id: 'gh',
  name,
  secret_hash: '',
  scene_groups: '[]',
  created_at: 0,
})

const lockAccounts = prepared((db, { name }: { name: string }) =>
  db.selectFrom('account').select('account_id').where('name', '=', name).forUpdate(),
)

const insertAccount = prepared((db, row: ReturnType<typeof anAccount>) =>
  db.insertInto('account').values({
    appid: row.appid,
    original_id: row.original_id,
    name: row.name,
    secret_hash: row.secret_hash,
    scene_groups: row.scene_groups,
    created_at: row.created_at,
  }),
)

/** A way to the server on which each BEGIN fails, as one does that is cancelled. */
async function withoutBegin(databaseUrl: string | undefined) {
  const proxy = await startPostgresProxy(databaseUrl, (sent) => {
    for (let at = sent.indexOf(BEGIN); at >= 0; at = sent.indexOf(BEGIN, at)) NONSENSE.copy(sent, at)
  })
  const db = await openDatabase({ databaseUrl: proxy.databaseUrl, sqlitePath: '' })
  return {
    db,
    async [Symbol.asyncDispose]() {
      await db.destroy()
      await proxy[Symbol.asyncDispose]()
    },
  }
}

describe('a BEGIN that fails on postgres', { skip: !POSTGRES && 'no PostgreSQL' }, () => {
  assert.ok(POSTGRES)

  test('prevents every later write of its transaction', async () => {
    await using opened = await POSTGRES.open()
    await using way = await withoutBegin(opened.place.databaseUrl)
    const first = transaction(way.db, async (trx) => {
      await trx.insertInto('account').values(anAccount('First')).execute()
    })
    await assert.rejects(first)
    const behindRead = transaction(way.db, async (trx) => {
      await lockAccounts(trx, { name: 'Nobody' })
      await trx.insertInto('account').values(anAccount('Second')).execute()
    })
    await assert.rejects(behindRead)
    assert.deepEqual(await opened.db.selectFrom('account').select('name').execute(), [])
    // The pool has let go of the connections, and outside of a transaction everything works.
    await way.db.insertInto('account').values(anAccount('Third')).execute()
    assert.deepEqual(await opened.db.selectFrom('account').select('name').execute(), [{ name: 'Third' }])
  })
})

/** As slow as the first rows of a large table are that a page passes over. */
const slowPage = prepared((db, { begin }: { begin: number }) =>
  db.selectFrom('installation_secret').select(sql`pg_sleep(0.1)`.as('slept')).orderBy('name').offset(begin).limit(1),
)
const secretOf = prepared((db, { name }: { name: string }) =>
  db.selectFrom('installation_secret').select('value').where('name', '=', name),
)

test('pages deep in a list on postgres hold up no other read', { skip: !POSTGRES && 'no PostgreSQL' }, async () => {
  assert.ok(POSTGRES)
  await using opened = await POSTGRES.open()
  const { db } = opened
  await db.insertInto('installation_secret').values({ name: 'one', value: 'a' }).execute()
  const answered: string[] = []
  const pages = Array.from({ length: 40 }, () => slowPage(db, { begin: 0 }).then(() => answered.push('page')))
  await new Promise(setImmediate)
  await secretOf(db, { name: 'one' }).then(() => answered.push('read'))
  assert.equal(answered[0], 'read')
  await Promise.all(pages)
})

test('a write on postgres that fails as it is committed by itself is not answered', {
  skip: !POSTGRES && 'no PostgreSQL',
}, async () => {
  assert.ok(POSTGRES)
  await using opened = await POSTGRES.open()
  const { db } = opened
  // As a commit fails on Citus whose worker breaks down: PostgreSQL has told by then that a row was inserted.
  await sql`create function refuse() returns trigger language plpgsql as 'begin raise ''refused''; end'`.execute(db)
  await sql`create constraint trigger refuse after insert on account deferrable initially deferred
    for each row execute function refuse()`.execute(db)
  await assert.rejects(insertAccount(db, anAccount('First')), /refused/)
  await assert.rejects(db.insertInto('account').values(anAccount('Second')).execute(), /refused/)
  const third = transaction(db, (trx) => insertAccount(trx, anAccount('Third')))
  await assert.rejects(third, /refused/)
  assert.deepEqual(await db.selectFrom('account').select('name').execute(), [])
})

test('PostgreSQL ends an abandoned transaction before those that wait for it, and those before we do', {
  skip: !POSTGRES && 'no PostgreSQL',
}, async () => {
  assert.ok(POSTGRES)
  await using opened = await POSTGRES.open()
  const { rows } = await sql<{ name: string; ms: number }>`select name, setting::int as ms from pg_settings
    where name in ('idle_in_transaction_session_timeout', 'statement_timeout')`.execute(opened.db)
  const { idle_in_transaction_session_timeout: idle = 0, statement_timeout: waiting = 0 } = Object.fromEntries(
    rows.map(({ name, ms }) => [name, ms]),
  )
  const { answerMs, idleMs, signOfLifeMs } = DEADLINES
  assert.ok(idle > 0 && idle < waiting, `${idle} of ${waiting} ms`)
  assert.ok(waiting < answerMs && answerMs <= waiting + 2000, `${waiting} of ${answerMs} ms`)
  assert.ok(idleMs + signOfLifeMs + answerMs <= 35_000, 'all connections are dead: so long until new ones serve')
})
