import assert from 'node:assert/strict'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Schema } from '../../src/db/schema.ts'
import { transaction } from '../../src/db/transaction.ts'
import { verifyTrail } from '../../src/journal/verify-trail.ts'
import { readAll } from '../../src/sandbox/state/replace-state.ts'
import { STATE_TABLES } from '../../src/sandbox/state/state-tables.ts'
import { applyForCategory } from '../apply-for-category.ts'
import { DATABASES } from '../databases.ts'
import { aRegistration } from '../factories.ts'
import { openShop } from '../open-shop.ts'
import { apiProblem } from '../problem.ts'
import { startReceiver } from '../receiver.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'
import { executeOn } from '../test-database.ts'
import { until } from '../until.ts'

const errcodeOf = async (merchant: WireClient) => (await merchant.post('/shop/cat/get', {})).json.errcode

const countOf = async ({ services: { db } }: TestServer, table: 'application' | 'callback_delivery' | 'access_token') =>
  (await db.selectFrom(table).select('account_id').execute()).length

/** What stands in every table of the state. */
const stateOf = ({ services: { db } }: TestServer) => readAll(db)

for (const kind of DATABASES) {
  describe(`a reset on ${kind.name}`, () => {
    test('leaves what was seeded, and who may come in', async () => {
      await using server = await startTestServer(kind)
      const { api, sandbox, services } = server
      await api.resetSandbox({ body: {} })
      const seeded = await stateOf(server)

      const merchant = await server.newAccount('Another')
      await applyForCategory(await server.connect(sandbox))
      await api.setServerClock({ body: { at: '2026-04-01T00:00:00Z', frozen: true } })
      await api.changePolicy({ version: 0, body: { settings: { quick_review_max: 3 }, reason: 'for a test' } })
      assert.equal(services.policy.current.quickReviewMax, 3)
      await api.resetSandbox({ body: {} })

      assert.deepEqual(await stateOf(server), seeded)
      assert.equal((await api.getServerClock({})).ahead_ms, 0)
      assert.equal(services.policy.current.quickReviewMax, 500)
      // No cache knows the token of an account that is gone, nor one that was drawn again.
      assert.equal(await errcodeOf(merchant), 40001)
      assert.equal(await errcodeOf(sandbox), 40001)
      assert.equal(await errcodeOf(await server.connect(sandbox)), 0)
      await assert.rejects(api.getAccount({ params: { appid: merchant.appid } }), apiProblem('account.unknown', 404))
      assert.deepEqual((await verifyTrail(services.db)).faults, [])
      assert.equal((await server.newAccount('The next')).accountId, merchant.accountId)
    })

    test('drops what was counted and is not written yet', async () => {
      await using server = await startTestServer(kind)
      const { api, sandbox, services } = server
      await errcodeOf(sandbox)
      services.shakes.tally.count('shake', {
        ...{ accountId: sandbox.accountId, deviceId: 1, pageId: 1, visitor: 1 },
        at: server.clock.now(),
      })
      await api.resetSandbox({ body: {} })
      await Promise.all([services.usage.flush(), services.requests.flush(), services.shakes.tally.flush()])
      const { db } = services
      assert.deepEqual(await db.selectFrom('api_usage').selectAll().execute(), [])
      assert.deepEqual(await db.selectFrom('request_record').selectAll().execute(), [])
      assert.deepEqual(await db.selectFrom('shake_count').selectAll().execute(), [])
    })

    test('cuts off a callback that is on its way, ends an advance, and neither writes into the new state', async (t) => {
      await using server = await startTestServer(kind)
      await using receiver = await startReceiver()
      receiver.answer = () => ({ status: 200, body: 'success', hang: true })
      const { api, sandbox, services } = server
      const params = { appid: sandbox.appid }
      await api.setCallback({
        params,
        body: { url: receiver.url, token: receiver.token, mode: 'plain', format: 'json' },
      })
      const ended = Promise.withResolvers<unknown>()
      const send = services.outbound.send.bind(services.outbound)
      t.mock.method(services.outbound, 'send', async (request: Parameters<typeof send>[0]) => {
        const sent = send(request)
        sent.then(ended.resolve, ended.resolve)
        return await sent
      })
      const id = await applyForCategory(sandbox)
      await api.decideApplication({ params: { id }, version: 1, body: { move: 'approve' } })
      await receiver.waitFor(1)
      const advance = api.advanceClock({ params, body: { working_days: 3 } })
      await api.resetSandbox({ body: {} })
      // Not by its own time, which is over before somebody gives up waiting for it.
      assert.match(String(await ended.promise), /This server stops sending/)
      const { stopped } = await advance
      assert.match(stopped ?? '', /another state/)
      assert.deepEqual([await countOf(server, 'application'), await countOf(server, 'callback_delivery')], [0, 0])
      assert.equal((await api.getClock({ params })).ahead_ms, 0)
    })

    test('gives up where a request does not end, changes nothing, and lets all others in again', async (t) => {
      await using server = await startTestServer(kind)
      const { api, sandbox, services } = server
      const id = await applyForCategory(sandbox)
      const hanging = Promise.withResolvers<void>()
      const request = services.sandbox?.gate.run('request', undefined, () => hanging.promise)
      let now = performance.now()
      const jumping = t.mock.method(performance, 'now', () => (now += 1000))
      await assert.rejects(api.resetSandbox({ body: {} }), apiProblem('sandbox.busy', 409))
      jumping.mock.restore()
      assert.equal((await api.getApplication({ params: { id } })).state, 'under_review')
      assert.equal(await errcodeOf(sandbox), 0)
      hanging.resolve()
      await request
      await api.resetSandbox({ body: {} })
      await assert.rejects(api.getApplication({ params: { id } }), apiProblem('application.unknown', 404))
    })

    test('makes a caller who was admitted before prove itself again, and never be who has its number now', async (t) => {
      await using server = await startTestServer(kind)
      const { api, url, services } = server
      await api.resetSandbox({ body: {} })
      const merchant = await server.newAccount('Before')
      const body = JSON.stringify(aRegistration())

      const admitted = Promise.withResolvers<void>()
      const take = services.usage.take.bind(services.usage)
      t.mock.method(services.usage, 'take', async (...args: Parameters<typeof take>) => {
        await take(...args)
        admitted.resolve()
      })
      const answered = Promise.withResolvers<string>()
      const path = `/shakearound/account/register?access_token=${merchant.token}`
      const asked = request(
        url + path,
        { method: 'POST', headers: { 'content-length': Buffer.byteLength(body) } },
        (response) => answered.resolve(text(response)),
      )
      asked.on('error', answered.reject)
      asked.write(body.slice(0, 1))
      await admitted.promise

      await api.resetSandbox({ body: {} })
      const next = await server.newAccount('After')
      assert.equal(next.accountId, merchant.accountId)
      asked.end(body.slice(1))
      assert.equal(JSON.parse(await answered.promise).errcode, 40001)
      assert.deepEqual((await api.listApplications({ query: { appid: next.appid } })).items, [])
    })

    test('keeps no call of an account that is gone among those of who has its number now', async () => {
      await using server = await startTestServer(kind)
      const { api, url } = server
      const { token, accountId } = await server.newAccount('Another')
      const late = fetch(`${url}/shop/register/apply?access_token=${token}`, {
        method: 'POST',
        body: '{}',
        headers: { 'x-shenpi-fault': 'delay=1000;where=after_commit' },
      })
      await until(async () => (await countOf(server, 'application')) === 1)
      await api.resetSandbox({ body: {} })
      const next = await server.newAccount('The next')
      assert.equal(next.accountId, accountId)
      assert.equal((await late).status, 200)
      const { items } = await api.listRequests({ query: { appid: next.appid } })
      assert.deepEqual(
        items.flatMap(({ path }) => (path === '/shop/register/apply' ? path : [])),
        [],
      )
    })

    test('leaves all others where it is of one account, its name and what it proves itself with', async () => {
      await using server = await startTestServer(kind)
      const { api, sandbox, services } = server
      const merchant = await server.newAccount('Another')
      await openShop(server, merchant)
      const [mine, id] = [await applyForCategory(sandbox), await applyForCategory(merchant)]
      await api.setClock({ params: { appid: merchant.appid }, body: { at: '2026-04-01T00:00:00Z', frozen: true } })

      await api.resetSandbox({ body: { appid: merchant.appid } })
      await assert.rejects(api.getApplication({ params: { id } }), apiProblem('application.unknown', 404))
      assert.equal((await api.getApplication({ params: { id: mine } })).state, 'under_review')
      assert.equal(await errcodeOf(merchant), 40001)
      assert.equal((await server.connect(merchant)).accountId, merchant.accountId)
      assert.equal((await api.getClock({ params: { appid: merchant.appid } })).frozen, false)

      await api.resetSandbox({ body: { appid: sandbox.appid } })
      await assert.rejects(api.getApplication({ params: { id: mine } }), apiProblem('application.unknown', 404))
      assert.equal(await errcodeOf(await server.connect(sandbox)), 0)
      assert.deepEqual((await verifyTrail(services.db)).faults, [])
    })
  })
}

for (const kind of DATABASES.filter(({ name }) => name === 'sqlite')) {
  for (const kind of DATABASES.filter(({ name }) => name === 'postgres')) {
    test('is made again when it and somebody who reads have waited for each other', async () => {
      const place = await kind.place()
      // Whose wait is looked into first would be the one that fails: the reader's, if the reset did not give up before.
      const name = new URL(place.databaseUrl ?? '').pathname.slice(1)
      await executeOn(place.databaseUrl ?? '', `alter database ${name} set deadlock_timeout = '1min'`)
      await using server = await startTestServer(kind, { place })
      const { db } = server.services
      const [first, last] = [STATE_TABLES[0], STATE_TABLES.at(-1)] as [keyof Schema, keyof Schema]
      let reset: Promise<unknown> | undefined
      await transaction(db, async (reader) => {
        await sql`set local deadlock_timeout = '1s'`.execute(reader)
        await reader.selectFrom(last).selectAll().execute()
        reset = server.api.resetSandbox({ body: {} })
        // Not of just any: work of the server's own may wait for what the reset holds before it waits for this.
        const isWaiting = sql`select 1 from pg_locks where not granted and relation = cast(${last} as regclass)`
        while ((await isWaiting.execute(db)).rows.length === 0) await nextTurn()
        await reader.selectFrom(first).selectAll().execute()
      })
      await reset
    })
  }

  test('a reset of everything takes few milliseconds', async () => {
    await using server = await startTestServer(kind)
    const took: number[] = []
    for (let times = 0; times < 50; times += 1) took.push((await server.api.resetSandbox({ body: {} })).took_ms)
    const median = took.sort((a, b) => a - b)[25] ?? 0
    console.log(`a reset of the seed state: ${median.toFixed(2)} ms median, ${took[45]?.toFixed(2)} ms in nine of ten`)
    assert.ok(median < 100, `${median} ms`)
  })
}
