import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { ApiFaultChange } from '@shenpi/sdk/contract/api'
import { createApp } from '../../src/http/app.ts'
import { Listeners } from '../../src/http/listeners.ts'
import { findRecord } from '../../src/requests/request-record.store.ts'
import { DATABASES } from '../databases.ts'
import { aBatch } from '../factories.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'
import { until } from '../until.ts'

const APPLY = '/shakearound/device/applyid'

for (const kind of DATABASES) {
  describe(`faults on the wire on ${kind.name}`, () => {
    let server: TestServer
    let merchant: WireClient
    before(async () => {
      server = await startTestServer(kind, { env: { SANDBOX_APPROVE: 'all', DEVICE_CEILING: '100000' } })
      merchant = server.sandbox
    })
    after(async () => {
      await server[Symbol.asyncDispose]()
    })
    beforeEach(async () => {
      await server.api.deleteFaults({ query: {} })
    })

    const set = (fault: ApiFaultChange, name = 'rule') => server.api.setFault({ params: { name }, body: fault })
    const hitsOf = async (name = 'rule') => (await server.api.getFault({ params: { name }, query: {} })).hits
    const countBatches = async () => {
      const { db } = server.services
      return (await db.selectFrom('device_batch').select('account_id').execute()).length
    }
    /** Apply for a device, with a client that tells how the connection ended. */
    const ask = async (headers: Record<string, string> = {}, signal?: AbortSignal) => {
      const response = await fetch(`${server.url}${APPLY}?access_token=${merchant.token}`, {
        method: 'POST',
        body: JSON.stringify(aBatch({ quantity: 1 })),
        headers,
        ...(signal && { signal }),
      })
      return { status: response.status, headers: response.headers, text: await response.text() }
    }
    /** How many batches some work made. */
    const made = async (work: () => Promise<unknown>) => {
      const earlier = await countBatches()
      await work()
      return (await countBatches()) - earlier
    }
    const errcodeOf = (text: string): number => JSON.parse(text).errcode

    test('refuses a call before anything of it is looked at, with its change undone, and with its change made', async () => {
      for (const [where, changes] of [
        ['before_checks', 0],
        ['before_commit', 0],
        ['after_commit', 1],
      ] as const) {
        await set({ effect: { type: 'errcode', errcode: -1 }, where, times: 1, match: { paths: [APPLY] } })
        const struck = await made(async () => {
          assert.match((await ask()).text, /^\{"errcode":-1,"errmsg":"system error rid: /)
        })
        assert.deepEqual([struck, await hitsOf()], [changes, 1], where)
        assert.equal(await made(async () => assert.equal(errcodeOf((await ask()).text), 0)), 1)
      }
    })

    test('tells the record of a request which rule made its answer, and nobody on the wire', async () => {
      await set({ scenario: 'busy-but-done' }, 'hidden')
      const { text, headers } = await ask()
      assert.doesNotMatch(`${text}${JSON.stringify([...headers])}`, /hidden|inject|fault/)
      await server.services.requests.flush()
      const rid = headers.get('x-shenpi-rid') ?? ''
      const record = await findRecord(server.services.db, { accountId: merchant.accountId, rid })
      assert.equal(errcodeOf(record?.responseBody ?? ''), -1)
    })

    test('closes the connection before the call, after its change, and in the middle of the answer', async () => {
      await set({ effect: { type: 'cut' }, times: 1 })
      assert.equal(await made(() => assert.rejects(ask(), /fetch failed/)), 0)
      await set({ scenario: 'answer-lost' })
      assert.equal(await made(() => assert.rejects(ask(), /fetch failed/)), 1)
      await set({ scenario: 'answer-broken-off' })
      assert.equal(await made(() => assert.rejects(ask(), /terminated/)), 1)
    })

    test('answers a page of HTML with another status, or half of the JSON, or all of it in pieces', async () => {
      await set({ scenario: 'bad-gateway' })
      const proxied = await ask()
      assert.deepEqual([proxied.status, proxied.headers.get('content-type')], [502, 'text/html'])
      assert.match(proxied.text, /502 Bad Gateway/)
      await set({ scenario: 'answer-truncated' })
      const half = await ask()
      assert.throws(() => JSON.parse(half.text), SyntaxError)
      assert.equal(half.headers.get('content-length'), String(half.text.length))
      await set({ effect: { type: 'slow', bytes_per_second: 500 } })
      assert.equal(errcodeOf((await ask()).text), 0)
      assert.equal(await hitsOf(), 1)
    })

    test('delays an answer until its client has gone, with its change made, and no other account’s', async () => {
      const other = await server.newAccount()
      await set({ effect: { type: 'delay', ms: 60_000 }, where: 'after_commit', match: { appid: merchant.appid } })
      const earlier = await countBatches()
      const gone = new AbortController()
      const waiting = assert.rejects(ask({}, gone.signal), { name: 'AbortError' })
      await until(async () => (await countBatches()) === earlier + 1)
      assert.equal((await other.post('/shop/cat/get', {})).status, 200)
      gone.abort()
      await waiting
    })

    test('strikes a call that changes nothing where it would commit', async () => {
      await set({ scenario: 'busy-undone' })
      const { json } = await merchant.post('/shop/audit/result', { audit_id: 'x' })
      assert.notEqual(json.errcode, -1, 'a refusal comes first')
      assert.equal((await merchant.post('/shop/cat/get', {})).json.errcode, -1)
      assert.equal(await hitsOf(), 1)
    })

    test('undoes the token of a call without one, and knows from query and body whose it is', async () => {
      const other = await server.newAccount()
      const effect = { type: 'errcode', errcode: -1 } as const
      const tokens = async () => {
        const rows = server.services.db.selectFrom('access_token').where('account_id', '=', other.accountId)
        return (await rows.select('token_hash').execute()).length
      }
      const earlier = await tokens()
      await set({ effect, where: 'before_commit', match: { appid: other.appid } })
      const of = ({ appid, secret }: WireClient) => `grant_type=client_credential&appid=${appid}&secret=${secret}`
      assert.equal((await plain(`/cgi-bin/token?${of(other)}`)).errcode, -1)
      assert.equal(await tokens(), earlier)
      await set({ effect, match: { appid: other.appid } })
      const body = { grant_type: 'client_credential', appid: other.appid, secret: other.secret }
      assert.equal((await plain(`/cgi-bin/token?${of(other)}`)).errcode, -1)
      assert.equal((await plain('/cgi-bin/stable_token', body)).errcode, -1)
      await set({ scenario: 'token-expired' })
      const mine = { ...body, appid: merchant.appid, secret: merchant.secret }
      assert.equal(typeof (await plain('/cgi-bin/stable_token', mine)).access_token, 'string')
    })

    const plain = async (path: string, body?: unknown) => {
      const init = body ? { method: 'POST', body: JSON.stringify(body) } : {}
      // biome-ignore lint/suspicious/noExplicitAny: an answer of any shape
      return (await (await fetch(`${server.url}${path}`, init)).json()) as any
    }

    test('lets some through first, looks at the next ones, and counts what it saw and struck', async () => {
      await set({ effect: { type: 'errcode', errcode: 45009 }, match: { skip: 1, next: 2, paths: ['/shop/cat/get'] } })
      const codes: number[] = []
      for (let call = 0; call < 5; call += 1) codes.push((await merchant.post('/shop/cat/get', {})).json.errcode)
      assert.deepEqual(codes, [0, 45009, 45009, 0, 0])
      const { seen, hits } = await server.api.getFault({ params: { name: 'rule' }, query: {} })
      assert.deepEqual([seen, hits], [5, 2])
    })

    test('strikes a call by the first rule that fits, behind the delays before it', async () => {
      await set({ effect: { type: 'delay', ms: 1 } }, 'late')
      await set({ effect: { type: 'errcode', errcode: 45009 } }, 'first')
      await set({ effect: { type: 'errcode', errcode: -1 } }, 'second')
      assert.equal(errcodeOf((await ask()).text), 45009)
      assert.deepEqual([await hitsOf('late'), await hitsOf('first'), await hitsOf('second')], [1, 1, 0])
    })

    test('undoes changes at each of several edges of one server', async () => {
      const second = createApp(server.services, new Listeners(undefined))
      await second.ready()
      await set({ scenario: 'busy-undone' })
      assert.equal(await made(async () => assert.equal(errcodeOf((await ask()).text), -1)), 0)
      await second.close()
    })

    test('strikes no more calls than it says, however many come at once', async () => {
      await set({ effect: { type: 'errcode', errcode: -1 }, where: 'before_commit', times: 3 })
      const answers = await Promise.all(Array.from({ length: 20 }, () => ask()))
      assert.equal(answers.filter(({ text }) => errcodeOf(text) === -1).length, 3)
      assert.equal(await hitsOf(), 3)
    })

    test('ends by the machine’s clock, whatever clocks of accounts say', async () => {
      await set({ effect: { type: 'errcode', errcode: -1 } })
      const params = { appid: merchant.appid }
      const day = new Date(server.clock.now().getTime() + 86_400_000).toISOString()
      await server.api.setClock({ params, body: { at: day } })
      merchant = await retried(() => server.connect(merchant))
      assert.equal(errcodeOf((await ask()).text), -1)
      server.clock.advance(3_600_000)
      assert.equal(errcodeOf((await ask()).text), 0)
      const { active, hits } = await server.api.getFault({ params: { name: 'rule' }, query: {} })
      assert.deepEqual([active, hits > 0], [false, true])
    })

    /** A token, although calls are struck. */
    async function retried(connect: () => Promise<WireClient>): Promise<WireClient> {
      const { items } = await server.api.listFaults({ query: {} })
      await server.api.deleteFaults({ query: {} })
      const connected = await connect()
      for (const { name, effect } of items) await set({ effect }, name)
      return connected
    }

    test('meets what its header asks for, and refuses a header that cannot be read', async () => {
      for (const [asked, expected] of [
        ['errcode=45011', 45011],
        ['errcode=-1;where=after_commit', -1],
        ['busy', -1],
        ['quota-reached', 45009],
        ['errcode=12345', 47001],
        ['callback-late', 47001],
        ['nonsense', 47001],
        ['delay=1;where=before_commit', 47001],
        ['status=99', 47001],
        ['cut;where=nowhere', 47001],
        ['delay', 47001],
        ['delay=1', 0],
      ] as const) {
        assert.equal(errcodeOf((await ask({ 'x-shenpi-fault': asked })).text), expected, asked)
      }
      await assert.rejects(ask({ 'x-shenpi-fault': 'cut=5' }), /terminated/)
      assert.equal((await ask({ 'x-shenpi-fault': 'truncate=3' })).text.length, 3)
    })
  })
}
