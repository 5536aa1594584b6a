import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { createAccount } from '../src/accounts/create-account.ts'
import { openDatabase } from '../src/db/open.ts'
import { prepared } from '../src/db/statements.ts'
import { changeAccount, lockAccount } from '../src/journal/change-account.ts'
import { verifyTrail } from '../src/journal/verify-trail.ts'
import { DATABASES } from './databases.ts'
import { aBatch } from './factories.ts'
import { startPostgresProxy } from './postgres-proxy.ts'
import { startTestServer } from './start-server.ts'
import { testClock } from './test-clock.ts'
import { until } from './until.ts'

const POSTGRES = DATABASES.find(({ name }) => name === 'postgres')

const countAccounts = prepared((db, { least }: { least: number }) =>
  db.selectFrom('account').select('account_id').where('account_id', '>=', least),
)

/** A database whose connections a test can make go silent, all at once, without closing them. */
async function stage(deadlines: { answerMs: number; idleMs: number; signOfLifeMs: number }) {
  assert.ok(POSTGRES)
  const opened = await POSTGRES.open()
  const proxy = await startPostgresProxy(opened.place.databaseUrl)
  const { databaseUrl } = proxy
  const db = await openDatabase({ databaseUrl, sqlitePath: '', deadlines: { statementMs: 30_000, ...deadlines } })
  const { account } = await createAccount({ db, clock: testClock(), deviceCeiling: 0 }, { name: 'Acme', actor: 'test' })
  const { accountId } = account
  return {
    db,
    proxy,
    addPage: () => changeAccount(db, accountId, async (account) => account.number('page')),
    read: () => countAccounts(db, { least: 1 }),
    /** Open all connections of the pools and leave them idle. */
    async useAll() {
      const sleep = () => sql`select pg_sleep(0.1)`.execute(db)
      await Promise.all([...Array.from({ length: 12 }, sleep), countAccounts(db, { least: 1 })])
    },
    async [Symbol.asyncDispose]() {
      await db.destroy()
      await proxy[Symbol.asyncDispose]()
      await opened[Symbol.asyncDispose]()
    },
  }
}

describe('connections to PostgreSQL that go dead without an end', { skip: !POSTGRES && 'no PostgreSQL' }, () => {
  test('fail what waits on them in time while they are in use, and new ones serve at once', async () => {
    // As if each had answered a moment ago, so that none is asked for a sign of life.
    await using staged = await stage({ answerMs: 1000, idleMs: 60_000, signOfLifeMs: 60_000 })
    await staged.useAll()
    staged.proxy.fallSilent()
    const asked = [
      ...Array.from({ length: 20 }, staged.addPage),
      ...Array.from({ length: 12 }, () => sql`select 1`.execute(staged.db)),
      staged.read(),
    ]
    const failed = (await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected')
    assert.equal(failed.length, 13, 'one on each connection; who waited for one of these was served by a new one')
    await staged.addPage()
    await staged.read()
  })

  test('are found out while they are idle, all of them by one missing sign of life', async () => {
    await using staged = await stage({ answerMs: 60_000, idleMs: 0, signOfLifeMs: 500 })
    await staged.useAll()
    staged.proxy.fallSilent()
    await staged.addPage()
    await staged.read()
    assert.equal(staged.proxy.unansweredConnections(), 2, 'one of those that write, and one of those that read')
  })

  test('fail and roll back what a server has under way, and are replaced', async () => {
    assert.ok(POSTGRES)
    const place = await POSTGRES.place()
    await using proxy = await startPostgresProxy(place.databaseUrl)
    const env = { DATABASE_URL: `${proxy.databaseUrl}?query_timeout=1500`, SANDBOX_APPROVE: 'all' }
    await using server = await startTestServer(POSTGRES, { place, env })
    const apply = async () => (await server.sandbox.post('/shakearound/device/applyid', aBatch({ quantity: 1 }))).json
    const direct = await openDatabase({ databaseUrl: place.databaseUrl, sqlitePath: '' })
    const answers = await lockAccount(direct, server.sandbox.accountId, async () => {
      const waiting = [apply(), apply(), apply()]
      await until(async () => {
        // Outside of a transaction, in which PostgreSQL goes on telling of the connections that were there before.
        const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`.execute(direct)
        return rows[0]?.count === 2
      })
      proxy.fallSilent()
      return await Promise.all(waiting.slice(0, 2))
    })
    await direct.destroy()
    for (const { errcode, errmsg } of answers)
      assert.deepEqual([errcode, errmsg.split(' rid')[0]], [-1, 'system error'])
    await until(async () => (await apply()).errcode === 0)
    assert.equal((await fetch(`${server.url}/readyz`)).status, 200)
    assert.deepEqual((await verifyTrail(server.services.db)).faults, [])
  })
})
