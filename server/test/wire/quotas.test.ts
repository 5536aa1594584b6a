import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { activations, categories, quotas } from '@shenpi/sdk'
import { api } from '@shenpi/sdk/contract/api'
import { readUsage } from '../../src/quotas/usage.store.ts'
import { chinaDay } from '../../src/time/china-time.ts'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { newShop } from '../open-shop.ts'
import { refuseAccount } from '../refuse-account.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'
import { testClock } from '../test-clock.ts'

const CAT_GET = categories.catGet.path

const setLimits = (server: TestServer, { appid }: WireClient, body: { daily_limit?: number; minute_limit?: number }) =>
  server.api.call(api.setLimits, { params: { appid }, body: { ip_allow: [], ...body } })

const catGet = async (client: WireClient) => (await client.post(CAT_GET, {})).json.errcode as number

async function errcodes(count: number, call: () => Promise<number>): Promise<number[]> {
  const all: number[] = []
  for (let index = 0; index < count; index += 1) all.push(await call())
  return all
}

const quotaOf = async (client: WireClient, path: string) =>
  (await client.post(quotas.quotaGet.path, { cgi_path: path })).json.quota

const clear = async (client: WireClient) =>
  (await client.post(quotas.clearQuota.path, { appid: client.appid })).json.errcode as number

/** Without a token. */
async function clearV2({ url }: TestServer, query: Record<string, string>, body?: object): Promise<number> {
  const answer = await fetch(`${url}${quotas.clearQuotaV2.path}?${new URLSearchParams(query)}`, {
    method: 'POST',
    ...(body && { body: JSON.stringify(body) }),
  })
  return ((await answer.json()) as { errcode: number }).errcode
}

for (const kind of DATABASES) {
  describe(`quotas on ${kind.name}`, () => {
    test('do not exist in the sandbox until an account gets some', async () => {
      await using server = await startTestServer(kind)
      assert.deepEqual(await errcodes(5, () => catGet(server.sandbox)), [0, 0, 0, 0, 0])
      await setLimits(server, server.sandbox, { daily_limit: 7 })
      assert.deepEqual(await errcodes(3, () => catGet(server.sandbox)), [0, 0, 45009])
      assert.deepEqual(await quotaOf(server.sandbox, CAT_GET), { daily_limit: 7, used: 7, remain: 0 })
    })

    test('count each path by the day, which ends at midnight in China', async () => {
      const clock = testClock(new Date('2026-03-14T23:59:59+08:00'))
      await using server = await startTestServer(kind, { clock })
      await setLimits(server, server.sandbox, { daily_limit: 2 })
      assert.deepEqual(await errcodes(3, () => catGet(server.sandbox)), [0, 0, 45009])
      assert.equal((await server.sandbox.get(activations.accountAuditStatus.path)).json.errcode, 9001020)
      clock.advance(1000)
      assert.deepEqual(await errcodes(3, () => catGet(server.sandbox)), [0, 0, 45009])
      assert.equal((await quotaOf(server.sandbox, CAT_GET)).used, 2)
    })

    test('end with the minute when they are of a minute', async () => {
      const clock = testClock(new Date('2026-03-14T12:00:59+08:00'))
      await using server = await startTestServer(kind, { clock })
      await setLimits(server, server.sandbox, { minute_limit: 2 })
      assert.deepEqual(await errcodes(3, () => catGet(server.sandbox)), [0, 0, 45011])
      clock.advance(1000)
      assert.deepEqual(await errcodes(3, () => catGet(server.sandbox)), [0, 0, 45011])
    })

    test('exist in production for every account, and for a second of the shop calls', async () => {
      const env = { MODE: 'production', DAILY_LIMIT: '5', MINUTE_LIMIT: '4', SHOP_SECOND_LIMIT: '2' }
      await using server = await startTestServer(kind, { env })
      const account = await newShop(server)
      const other = await newShop(server)
      assert.deepEqual(await errcodes(3, () => catGet(account)), [0, 0, 300000])
      server.clock.advance(1000)
      assert.deepEqual(await errcodes(3, () => catGet(account)), [0, 0, 45011])
      server.clock.advance(60_000)
      assert.deepEqual(await errcodes(2, () => catGet(account)), [0, 45009])
      assert.deepEqual(await quotaOf(account, CAT_GET), { daily_limit: 5, used: 5, remain: 0 })
      assert.equal(await catGet(other), 0)
    })

    test('are checked after the account’s permissions and before the body is read', async () => {
      await using server = await startTestServer(kind)
      await setLimits(server, server.sandbox, { daily_limit: 1 })
      const search = async () => (await server.sandbox.post('/shakearound/device/search', '{')).json.errcode
      assert.deepEqual(await errcodes(3, search), [9001020, 9001020, 9001020])
      const unparsable = async () => (await server.sandbox.post('/shop/audit/result', '{')).json.errcode
      assert.deepEqual(await errcodes(2, unparsable), [47001, 45009])
    })

    test('count calls with appid and secret, but none with a wrong secret', async () => {
      await using server = await startTestServer(kind)
      const { appid, secret } = server.sandbox
      await setLimits(server, server.sandbox, { daily_limit: 2 })
      const ask = async (secret: string) => {
        const query = new URLSearchParams({ grant_type: 'client_credential', appid, secret })
        const answer = await fetch(`${server.url}/cgi-bin/token?${query}`)
        return ((await answer.json()) as { errcode?: number }).errcode ?? 0
      }
      assert.deepEqual(await errcodes(3, () => ask('wrong')), [40125, 40125, 40125])
      // The test's own client has asked for the day's first token.
      assert.deepEqual([await ask(secret), await ask(secret), await ask('wrong')], [0, 45009, 40125])
    })

    test('are reset on every path up to ten times a month, with a token and without', async () => {
      const clock = testClock(new Date('2026-03-31T23:59:00+08:00'))
      await using server = await startTestServer(kind, { clock })
      const { appid, secret } = server.sandbox
      await setLimits(server, server.sandbox, { daily_limit: 1 })
      for (let reset = 0; reset < 5; reset += 1) {
        assert.deepEqual(await errcodes(2, () => catGet(server.sandbox)), [0, 45009])
        assert.equal(await clear(server.sandbox), 0)
        assert.deepEqual(await errcodes(2, () => catGet(server.sandbox)), [0, 45009])
        assert.equal(await clearV2(server, { appid, appsecret: secret }), 0)
        assert.equal((await quotaOf(server.sandbox, CAT_GET)).used, 0)
      }
      assert.equal(await catGet(server.sandbox), 0)
      assert.equal(await clear(server.sandbox), 48006)
      assert.equal(await clearV2(server, { appid, appsecret: secret }), 48006)
      assert.equal(await catGet(server.sandbox), 45009)
      clock.set(new Date('2026-04-01T00:00:00+08:00'))
      assert.equal(await clear(server.sandbox), 0)
    })

    test('are reset by clear_quota/v2 with arguments in the query or in the body', async () => {
      await using server = await startTestServer(kind)
      const { appid, secret: appsecret } = server.sandbox
      assert.equal(await clearV2(server, { appid, appsecret }), 0)
      assert.equal(await clearV2(server, {}, { appid, appsecret }), 0)
      assert.equal(await clearV2(server, { appid }, { appsecret }), 0)
      assert.equal(await clearV2(server, { appsecret }), 41002)
      assert.equal(await clearV2(server, { appid }), 41004)
      assert.equal(await clearV2(server, { appid: 'wx0123456789abcdef', appsecret }), 40013)
      assert.equal(await clearV2(server, { appid, appsecret: 'wrong' }), 40125)
      const setState = (body: object) => server.api.call(api.setAccountState, { params: { appid }, body })
      await setState({ secret_frozen: true })
      assert.equal(await clearV2(server, { appid, appsecret }), 40243)
      await setState({ frozen: true })
      assert.equal(await clearV2(server, { appid, appsecret }), 50007)
    })

    test('keep their counts after a restart', async () => {
      const first = await startTestServer(kind)
      await setLimits(first, first.sandbox, { daily_limit: 3 })
      await errcodes(2, () => catGet(first.sandbox))
      await first.stop()
      await using second = await startTestServer(kind, { place: first.place, clock: first.clock })
      assert.deepEqual(await errcodes(2, () => catGet(second.sandbox)), [0, 45009])
    })

    test('keep their counts when the database fails for a moment', async () => {
      await using server = await startTestServer(kind)
      const { db, usage } = server.services
      await errcodes(2, () => catGet(server.sandbox))
      await usage.flush()
      await db.schema.alterTable('api_usage').renameTo('away').execute()
      assert.equal(await catGet(server.sandbox), 0)
      await usage.flush()
      await assert.rejects(usage.flushAccount(server.sandbox.accountId))
      await db.schema.alterTable('away').renameTo('api_usage').execute()
      assert.equal((await quotaOf(server.sandbox, CAT_GET)).used, 3)
    })

    test('are written while another account’s cannot be, and each call is counted once', async () => {
      await using server = await startTestServer(kind)
      const { db, usage } = server.services
      const broken = await newShop(server)
      const healthy = await newShop(server)
      await usage.flush()
      const end = await refuseAccount(db, kind, 'api_usage', broken.accountId)
      const stored = async ({ accountId }: WireClient) =>
        (await readUsage(db, { accountId, day: chinaDay(server.clock.now()) })).get(CAT_GET) ?? 0
      for (const expected of [1, 2]) {
        await errcodes(1, () => catGet(broken))
        await errcodes(1, () => catGet(healthy))
        await usage.flush()
        assert.deepEqual([await stored(broken), await stored(healthy)], [0, expected])
      }
      assert.equal((await quotaOf(healthy, CAT_GET)).used, 2)
      await end()
      await usage.flush()
      assert.deepEqual([await stored(broken), await stored(healthy)], [2, 2])
      await usage.flush()
      assert.deepEqual([await stored(broken), await stored(healthy)], [2, 2])
    })
  })
}

const postgres = DATABASES.find(({ name }) => name === 'postgres')

describe('quotas of two servers on one PostgreSQL', { skip: !postgres }, () => {
  test('include the other’s calls and resets when a server writes its own', async () => {
    await using one = await startTestServer(postgres as DatabaseKind)
    const { databaseUrl } = one.place
    const files = await (DATABASES[0] as DatabaseKind).place()
    await using other = await startTestServer(postgres as DatabaseKind, { place: { ...files, databaseUrl } })
    await setLimits(one, one.sandbox, { daily_limit: 10 })
    const flushBoth = async () => {
      await one.services.usage.flush()
      await other.services.usage.flush()
    }
    assert.deepEqual(await errcodes(4, () => catGet(one.sandbox)), [0, 0, 0, 0])
    assert.deepEqual(await errcodes(5, () => catGet(other.sandbox)), [0, 0, 0, 0, 0])
    await flushBoth()
    assert.equal((await quotaOf(one.sandbox, CAT_GET)).used, 9)
    assert.deepEqual(await errcodes(2, () => catGet(other.sandbox)), [0, 45009])
    // Before it has read the last call, the first server lets another pass: the documented slack.
    assert.equal(await catGet(one.sandbox), 0)
    await other.services.usage.flush()
    await one.services.usage.flush()
    assert.deepEqual([await catGet(one.sandbox), await catGet(other.sandbox)], [45009, 45009])

    assert.equal(await clear(one.sandbox), 0)
    assert.deepEqual(await quotaOf(other.sandbox, CAT_GET), { daily_limit: 10, used: 0, remain: 10 })
    // The other reads the reset with its next write: it has refused a call since, so there is one.
    await other.services.usage.flush()
    assert.deepEqual([await catGet(one.sandbox), await catGet(other.sandbox)], [0, 0])
    await flushBoth()
    assert.equal((await quotaOf(other.sandbox, CAT_GET)).used, 2)
  })
})
