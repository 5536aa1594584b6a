import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, test } from 'node:test'
import { api } from '@shenpi/sdk/contract/api'
import { sql } from 'kysely'
import pg from 'pg'
import { openDatabase } from '../src/db/open.ts'
import { transaction } from '../src/db/transaction.ts'
import { lockJournal } from '../src/journal/journal.store.ts'
import { verifyTrail } from '../src/journal/verify-trail.ts'
import { DATABASES } from './databases.ts'
import { aBatch, aRegistration } from './factories.ts'
import { startTestServer, type TestServer, type WireClient } from './start-server.ts'
import { until } from './until.ts'

const [SQLITE, POSTGRES] = DATABASES
assert.ok(SQLITE)

const NAME = 'x'.repeat(100)
const OPEN = { env: { SANDBOX_APPROVE: 'all' } }

const apply = (server: TestServer, quantity = 1) =>
  server.sandbox.post('/shakearound/device/applyid', aBatch({ quantity }))

/** Neither dialect tells a stranger what went wrong inside. */
function isLockTaken(database: DatabaseSync): boolean {
  try {
    database.exec('begin immediate')
    return true
  } catch {
    return false
  }
}

async function answersUnavailable(server: TestServer) {
  const wire = await apply(server)
  assert.equal(wire.status, 200)
  assert.deepEqual(Object.keys(wire.json), ['errcode', 'errmsg'])
  assert.equal(wire.json.errcode, -1)
  assert.match(wire.json.errmsg, /^system error rid: /)
  const native = await fetch(`${server.url}/api/v1/accounts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: NAME }),
  })
  const text = await native.text()
  assert.equal(native.status, 503, text)
  assert.equal(native.headers.get('content-type'), 'application/problem+json; charset=utf-8')
  assert.equal(JSON.parse(text).code, 'system.unavailable')
  assert.doesNotMatch(wire.text + text, /at .*\.[jt]s|node:|sqlite|postgres|SQL/i)
}

describe('a full disk on sqlite', () => {
  test('is answered as unavailable, loses nothing that was acknowledged, and ends', async () => {
    await using server = await startTestServer(SQLITE, OPEN)
    const { db } = server.services
    const pages = async () =>
      (await sql<{ page_count: number }>`pragma page_count`.execute(db)).rows[0]?.page_count ?? 0
    const limit = (count: number) => sql.raw(`pragma max_page_count=${count}`).execute(db)
    assert.equal((await apply(server)).json.errcode, 0)
    await limit(await pages())

    let granted = 1
    let refused = 0
    while (refused < 20) {
      const answers = await Promise.all(Array.from({ length: 10 }, () => apply(server)))
      granted += answers.filter(({ json }) => json.errcode === 0).length
      refused += answers.filter(({ json }) => json.errcode === -1).length
      assert.ok(answers.every(({ json }) => json.errcode === 0 || json.errcode === -1))
    }
    const state = async () => {
      const { total } =
        (await sql<{ total: number }>`select count(*) as total from device_batch`.execute(db)).rows[0] ?? {}
      const { faults } = await verifyTrail(db)
      return { total, faults }
    }
    assert.deepEqual(await state(), { total: granted, faults: [] })
    await limit(1_000_000)
    assert.equal((await apply(server)).json.errcode, 0)
    assert.deepEqual(await state(), { total: granted + 1, faults: [] })
  })

  test('leaves nothing of a failed submission behind', async () => {
    await using server = await startTestServer(SQLITE, OPEN)
    const { db } = server.services
    const merchants: WireClient[] = []
    for (let index = 0; index < 20; index += 1) merchants.push(await server.newAccount())
    const { page_count: pages = 0 } = (await sql<{ page_count: number }>`pragma page_count`.execute(db)).rows[0] ?? {}
    await sql.raw(`pragma max_page_count=${pages}`).execute(db)
    const body = aRegistration({ apply_reason: '中'.repeat(250) })
    const codes: number[] = []
    for (const merchant of merchants) {
      codes.push((await merchant.post('/shakearound/account/register', body)).json.errcode)
    }
    assert.ok(codes.includes(-1))
    assert.deepEqual((await verifyTrail(db)).faults, [])
    await sql.raw('pragma max_page_count=1000000').execute(db)
    for (const [index, merchant] of merchants.entries()) {
      if (codes[index] === 0) continue
      assert.equal((await merchant.post('/shakearound/account/register', body)).json.errcode, 0)
    }
    assert.deepEqual((await verifyTrail(db)).faults, [])
  })

  test('is reported in both dialects, without internal details', async () => {
    await using server = await startTestServer(SQLITE, OPEN)
    const { db } = server.services
    const { page_count: pages = 0 } = (await sql<{ page_count: number }>`pragma page_count`.execute(db)).rows[0] ?? {}
    await sql.raw(`pragma max_page_count=${pages}`).execute(db)
    while ((await apply(server)).json.errcode === 0);
    // An account's rows are small: fill the pages that still have room for some.
    await assert.rejects(async () => {
      for (;;) await server.api.call(api.createAccount, { body: { name: NAME } })
    })
    await answersUnavailable(server)
    assert.equal((await fetch(`${server.url}/livez`)).status, 200)
  })
})

describe('a database file that another process has locked', () => {
  test('is answered as unavailable until the lock is gone', async () => {
    await using server = await startTestServer(SQLITE, OPEN)
    const other = new DatabaseSync(join(server.place.dataDir, 'shenpi.db'))
    // The server may be about to commit, which it cannot while this thread waits for it.
    await until(async () => isLockTaken(other))
    await answersUnavailable(server)
    other.exec('rollback')
    other.close()
    assert.equal((await apply(server)).json.errcode, 0)
  })
})

describe('a PostgreSQL that is lost', { skip: !POSTGRES && 'no PostgreSQL' }, () => {
  assert.ok(POSTGRES)

  /** End every connection of the server, whatever it is doing. */
  async function cutOff(databaseUrl: string | undefined) {
    const admin = new pg.Client({ connectionString: databaseUrl })
    await admin.connect()
    const { rows } = await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'shenpi' and datname = current_database()`,
    )
    await admin.end()
    return rows.length
  }

  test('is reconnected by the next calls when it was lost between two', async () => {
    await using server = await startTestServer(POSTGRES, OPEN)
    assert.equal((await apply(server)).json.errcode, 0)
    assert.ok((await cutOff(server.place.databaseUrl)) > 0)
    await until(async () => (await apply(server)).json.errcode === 0)
    assert.equal((await fetch(`${server.url}/readyz`)).status, 200)
  })

  test('is answered as unavailable in the middle of a transaction, which is rolled back', async () => {
    await using server = await startTestServer(POSTGRES, OPEN)
    const { accountId } = server.sandbox
    await using other = await (async () => {
      const db = await openDatabase({ databaseUrl: server.place.databaseUrl, sqlitePath: '' })
      return { db, [Symbol.asyncDispose]: () => db.destroy() }
    })()
    // Somebody holds the account's journal, so that the call waits inside its transaction.
    const held = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const holder = transaction(other.db, async (trx) => {
      await lockJournal(trx, accountId)
      held.resolve()
      await goOn.promise
    }).catch(() => {})
    await held.promise
    const waiting = apply(server)
    await until(async () => {
      const { rows } = await sql<{ count: number }>`select count(*) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(other.db)
      return (rows[0]?.count ?? 0) > 0
    })
    await cutOff(server.place.databaseUrl)
    assert.equal((await waiting).json.errcode, -1)
    goOn.resolve()
    await holder
    const { json } = await until(async () => {
      const answer = await apply(server)
      return answer.json.errcode === 0 && answer
    })
    assert.equal(json.data.apply_id, 2, 'the one that was cut off used no number')
    assert.deepEqual((await verifyTrail(server.services.db)).faults, [])
  })

  test('does not end the process while a transaction is idle between two statements', async () => {
    await using server = await startTestServer(POSTGRES, OPEN)
    const { db } = server.services
    const begun = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const idle = transaction(db, async (trx) => {
      await lockJournal(trx, server.sandbox.accountId)
      begun.resolve()
      await goOn.promise
      await lockJournal(trx, server.sandbox.accountId)
    })
    const failed = assert.rejects(idle)
    await begun.promise
    await cutOff(server.place.databaseUrl)
    // The server's last words arrive while nobody asks for anything.
    await until(async () => {
      const admin = new pg.Client({ connectionString: server.place.databaseUrl })
      await admin.connect()
      const { rows } = await admin.query(`select count(*)::int as count from pg_stat_activity
        where application_name = 'shenpi' and state = 'idle in transaction' and datname = current_database()`)
      await admin.end()
      return rows[0]?.count === 0
    })
    goOn.resolve()
    await failed
    await until(async () => (await apply(server)).json.errcode === 0)
  })

  test('entirely is reported in both dialects, and reconnected when it is back', async () => {
    await using server = await startTestServer(POSTGRES, OPEN)
    const { databaseUrl } = server.place
    const name = new URL(`http://x${databaseUrl?.replace(/^\w+:\/\/[^/]*/, '')}`).pathname.slice(1)
    const admin = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL })
    await admin.connect()
    await admin.query(`alter database ${name} allow_connections false`)
    await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, [name])
    await until(async () => (await apply(server)).json.errcode === -1)
    await answersUnavailable(server)
    assert.equal((await fetch(`${server.url}/livez`)).status, 200)
    assert.equal((await fetch(`${server.url}/readyz`)).status, 503)
    await admin.query(`alter database ${name} allow_connections true`)
    await admin.end()
    await until(async () => (await apply(server)).json.errcode === 0)
    assert.equal((await fetch(`${server.url}/readyz`)).status, 200)
  })
})
