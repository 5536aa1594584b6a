import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { activations, categories, tokens } from '@shenpi/sdk'
import { ApiProblem } from '@shenpi/sdk/client'
import { api } from '@shenpi/sdk/contract/api'
import type { Call } from '@shenpi/sdk/contract/call'
import { DATABASES } from '../databases.ts'
import { startTestServer, type TestServer } from '../start-server.ts'

const AT_HOME = '203.0.113.7'
const ELSEWHERE = '198.51.100.9'
const TEXT =
  /^invalid ip 198\.51\.100\.9 ipv6 ::ffff:198\.51\.100\.9, not in whitelist rid: [\da-f]{8}-[\da-f]{8}-[\da-f]{8}$/

const allow = (server: TestServer, ip_allow: string[]) =>
  server.api.call(api.setLimits, { params: { appid: server.sandbox.appid }, body: { ip_allow } })

/** Call as a proxy on this machine passes a request on. */
async function callFrom(server: TestServer, forwarded: string, { path, methods }: Call, query: string, body?: object) {
  const method = methods[0] ?? 'GET'
  const answer = await fetch(`${server.url}${path}?${query}`, {
    method,
    headers: { 'x-forwarded-for': forwarded },
    ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
  })
  // biome-ignore lint/suspicious/noExplicitAny: a test reads answers of any shape
  return (await answer.json()) as any
}

for (const kind of DATABASES) {
  describe(`the IP list on ${kind.name}`, () => {
    test('serves an account from its listed addresses only, with a token and for one', async () => {
      await using server = await startTestServer(kind, { env: { TRUST_PROXY: '127.0.0.0/8', SANDBOX_APPROVE: 'all' } })
      const { appid, secret, token } = server.sandbox
      assert.deepEqual((await allow(server, ['203.0.113.0/24', '2001:db8::/32'])).ip_allow, [
        '203.0.113.0/24',
        '2001:db8::/32',
      ])
      const credentials = { grant_type: 'client_credential', appid, secret }
      const calls: [Call, string, object?][] = [
        [tokens.token, String(new URLSearchParams(credentials))],
        [tokens.stableToken, '', credentials],
        [activations.accountAuditStatus, `access_token=${token}`],
        [categories.catGet, `access_token=${token}`],
      ]
      for (const [call, query, body] of calls) {
        const refused = await callFrom(server, ELSEWHERE, call, query, body)
        assert.equal(refused.errcode, 40164, call.path)
        assert.match(refused.errmsg, TEXT)
        assert.equal((await callFrom(server, AT_HOME, call, query, body)).errcode ?? 0, 0, call.path)
      }
    })

    test('does not tell a caller from elsewhere whether the secret is right', async () => {
      await using server = await startTestServer(kind, { env: { TRUST_PROXY: '127.0.0.0/8' } })
      await allow(server, [AT_HOME])
      const { appid } = server.sandbox
      const query = `grant_type=client_credential&appid=${appid}&secret=wrong`
      assert.equal((await callFrom(server, ELSEWHERE, tokens.token, query)).errcode, 40164)
      assert.equal((await callFrom(server, AT_HOME, tokens.token, query)).errcode, 40125)
    })

    test('trusts X-Forwarded-For only from the proxies of TRUST_PROXY', async () => {
      await using server = await startTestServer(kind)
      await allow(server, [AT_HOME])
      const query = `access_token=${server.sandbox.token}`
      const refused = await callFrom(server, AT_HOME, categories.catGet, query)
      assert.match(refused.errmsg, /^invalid ip 127\.0\.0\.1 ipv6 ::ffff:127\.0\.0\.1, not in whitelist rid: /)
    })

    test('does not trust what a client itself writes into X-Forwarded-For', async () => {
      await using server = await startTestServer(kind, { env: { TRUST_PROXY: '127.0.0.0/8' } })
      await allow(server, [AT_HOME])
      const query = `access_token=${server.sandbox.token}`
      const answer = await callFrom(server, `${AT_HOME}, ${ELSEWHERE}`, categories.catGet, query)
      assert.equal(answer.errcode, 40164)
    })

    test('admits everybody when it is empty, and stays the same after an invalid change', async () => {
      await using server = await startTestServer(kind)
      const call = () => server.sandbox.post('/shop/cat/get', {})
      await allow(server, [AT_HOME])
      assert.equal((await call()).json.errcode, 40164)
      await assert.rejects(
        allow(server, ['127.0.0.1', 'localhost']),
        (error) => error instanceof ApiProblem && /"localhost" is neither/.test(error.message),
      )
      assert.equal((await call()).json.errcode, 40164)
      await allow(server, [])
      assert.equal((await call()).json.errcode, 0)
      const account = await server.api.call(api.getAccount, { params: { appid: server.sandbox.appid } })
      assert.deepEqual(account.limits, { ip_allow: [], daily_limit: null, minute_limit: null })
    })
  })
}
