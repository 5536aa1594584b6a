import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deviceBatches, requests } from '@shenpi/sdk'
import { Caches } from '../../src/caches.ts'
import { systemEntropy } from '../../src/entropy/entropy.ts'
import { FailureLog } from '../../src/log/failure-log.ts'
import { toDecided } from '../../src/requests/explanation.ts'
import { forgetOldCalls } from '../../src/requests/forget-old-calls.ts'
import { NEW_ONES, RECORDS_MAX, RequestRecorder } from '../../src/requests/request-recorder.ts'
import { newRid } from '../../src/requests/rid.ts'
import { DAY_MS } from '../../src/time/china-time.ts'
import { DATABASES } from '../databases.ts'
import { newShop } from '../open-shop.ts'
import { startTestServer, type TestServer, type WireAnswer, type WireClient } from '../start-server.ts'
import { NOON } from '../test-clock.ts'

const ridOf = ({ json }: Pick<WireAnswer, 'json'>): string => / rid: (\S+)$/.exec(json.errmsg)?.[1] ?? assert.fail()

const ask = async (client: WireClient, rid: string) => (await client.post(requests.ridGet.path, { rid })).json

const countOf = async ({ services }: TestServer, accountId: number) => {
  const rows = await services.db
    .selectFrom('request_record')
    .select('rid')
    .where('account_id', '=', accountId)
    .execute()
  return rows.length
}

for (const kind of DATABASES) {
  describe(`records of requests on ${kind.name}`, () => {
    test('show a refusal by its rid at once', async () => {
      await using server = await startTestServer(kind)
      const body = '{"apply_id":1,"comment":"王"}'
      const refused = await server.sandbox.post(deviceBatches.deviceApplyStatus.path, body)
      assert.equal(refused.json.errcode, 9001020)
      const unparsable = await server.sandbox.post('/shop/audit/result', '{"audit_id":"王"')
      const { request, ...envelope } = await ask(server.sandbox, ridOf(unparsable))
      assert.deepEqual(envelope, { errcode: 0, errmsg: 'ok' })
      assert.ok(Number.isInteger(request.cost_in_ms) && request.cost_in_ms >= 0)
      assert.deepEqual(request, {
        invoke_time: NOON.getTime() / 1000,
        cost_in_ms: request.cost_in_ms,
        request_url: '/shop/audit/result?access_token=***',
        request_body: '{"audit_id":"王"',
        response_body: unparsable.text,
        client_ip: '127.0.0.1',
      })
      // Refused before its body was read.
      assert.equal((await ask(server.sandbox, ridOf(refused))).request.request_body, '')
    })

    test('contain calls with appid and secret, without the secret', async () => {
      await using server = await startTestServer(kind)
      const { appid, secret, token } = server.sandbox
      const wrong = await fetch(`${server.url}/cgi-bin/token?grant_type=client_credential&appid=${appid}&secret=guess`)
      const { request } = await ask(server.sandbox, ridOf({ json: await wrong.json() }))
      assert.equal(request.request_url, `/cgi-bin/token?grant_type=client_credential&appid=${appid}&secret=***`)

      const body = JSON.stringify({ grant_type: 'client_credential', appid, secret })
      const stable = await fetch(`${server.url}/cgi-bin/stable_token`, { method: 'POST', body })
      const kept = (await ask(server.sandbox, stable.headers.get('x-shenpi-rid') ?? '')).request
      assert.deepEqual(JSON.parse(kept.request_body), { grant_type: 'client_credential', appid, secret: '***' })
      assert.deepEqual(JSON.parse(kept.response_body), { access_token: '***', expires_in: 7200 })

      await server.services.requests.flush()
      const rows = JSON.stringify(await server.services.db.selectFrom('request_record').selectAll().execute())
      const { access_token } = (await stable.json()) as { access_token: string }
      for (const text of [secret, token, access_token, 'guess']) assert.ok(!rows.includes(text))
    })

    test('contain successes in the sandbox, and only refusals in production', async () => {
      await using server = await startTestServer(kind)
      const { url, sandbox } = server
      const ridOfSuccess = async ({ token }: WireClient, at: string) => {
        const answer = await fetch(`${at}/shop/cat/get?access_token=${token}`, { method: 'POST', body: '{}' })
        return answer.headers.get('x-shenpi-rid')
      }
      const rid = await ridOfSuccess(sandbox, url)
      assert.equal((await ask(sandbox, rid ?? '')).request.request_body, '{}')

      await using production = await startTestServer(kind, { env: { MODE: 'production' } })
      const account = await newShop(production)
      assert.equal(await ridOfSuccess(account, production.url), null)
      const refused = await account.post('/shop/audit/result', '')
      assert.equal((await ask(account, ridOf(refused))).errcode, 0)
      assert.equal(await countOf(production, account.accountId), 1)
    })

    test('distinguish another account’s rid from an unknown one', async () => {
      await using server = await startTestServer(kind)
      const other = await server.newAccount()
      const rid = ridOf(await other.post('/shop/audit/result', ''))
      // At once, while it still waits in memory, and from the database.
      assert.equal((await ask(server.sandbox, rid)).errcode, 76003)
      assert.equal((await ask(other, rid)).errcode, 0)
      assert.equal((await ask(server.sandbox, rid)).errcode, 76003)
    })

    test('contain no call with an unknown token or to an unknown path', async () => {
      await using server = await startTestServer(kind)
      for (const path of ['/shop/cat/get?access_token=1_no', '/cgi-bin/token?appid=wx0', '/cgi-bin/nothing']) {
        const answer = await fetch(server.url + path, { method: path.startsWith('/shop') ? 'POST' : 'GET' })
        const rid = ridOf({ json: await answer.json() })
        assert.equal((await ask(server.sandbox, rid)).errcode, 76001, path)
      }
    })

    test('contain shortened bodies, none of uploads, and any byte', async () => {
      await using server = await startTestServer(kind)
      const long = await server.sandbox.post('/shop/audit/result', `{"audit_id":"${'王'.repeat(5000)}`)
      const { request_body } = (await ask(server.sandbox, ridOf(long))).request
      assert.equal(request_body, `{"audit_id":"${'王'.repeat(2048 - 13)}…`)

      const strange = await server.sandbox.post('/shop/audit/result', '{\u0000\u001b"')
      assert.equal((await ask(server.sandbox, ridOf(strange))).request.request_body, '{\ufffd\ufffd"')

      const upload = await server.sandbox.upload('/shop/img/upload', new Blob(['no picture']))
      const kept = (await ask(server.sandbox, ridOf(upload))).request.request_body
      assert.match(kept, /^\[multipart\/form-data, \d+ bytes\]$/)
    })

    test('keep about the newest thousand of an account, and part of a flood', async () => {
      await using server = await startTestServer(kind)
      const { db } = server.services
      const { accountId } = await server.newAccount()
      const requests = new RequestRecorder({
        db,
        clock: server.clock,
        failures: new FailureLog(server.services.log),
        caches: new Caches(),
      })
      const keep = () => {
        server.clock.advance(1)
        const at = server.clock.now()
        const texts = { url: '/', requestBody: '', responseBody: '', clientIp: '' }
        const explained = { path: '/', ...toDecided(undefined, {}), injectedBy: null, outcomeBy: null, aheadMs: 0 }
        requests.keep(
          {
            accountId,
            rid: newRid(at, systemEntropy.draw(accountId, 'rid', 8)),
            at,
            costMs: 0,
            ...texts,
            ...explained,
          },
          { wentWell: false, isStranger: false },
        )
      }
      for (let round = 0; round < 3; round += 1) {
        for (let index = 0; index < 1500; index += 1) keep()
        await requests.flush()
        const kept = await countOf(server, accountId)
        assert.ok(kept >= RECORDS_MAX && kept < RECORDS_MAX + NEW_ONES, `${kept} are kept`)
      }
    })

    test('are deleted in time, also of an account without calls', async () => {
      await using server = await startTestServer(kind)
      const { services, clock } = server
      await server.sandbox.post('/shop/audit/result', '')
      const { accountId } = server.sandbox
      await Promise.all([services.requests.flush(), services.usage.flush()])
      clock.advance(7 * DAY_MS)
      await forgetOldCalls(services, 0)
      assert.ok((await countOf(server, accountId)) > 0)
      clock.advance(1000)
      const next = await forgetOldCalls(services, 0)
      assert.equal(await countOf(server, accountId), 0)
      assert.equal(await forgetOldCalls(services, next), 0)

      const days = () => services.db.selectFrom('api_usage').select('path').execute()
      assert.ok((await days()).length > 0)
      clock.advance(25 * DAY_MS)
      await forgetOldCalls(services, 0)
      assert.deepEqual(await days(), [])
    })
  })
}
