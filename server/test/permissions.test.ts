import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { api, type Endpoint } from '@shenpi/sdk/contract/api'
import { may } from '@shenpi/sdk/contract/permissions'
import { ROLES } from '@shenpi/sdk/contract/states'
import { servedEndpoints } from '../src/http/api/served-endpoints.ts'
import { DATABASES } from './databases.ts'
import { apiProblem } from './problem.ts'
import { startTestServer } from './start-server.ts'

const ENDPOINTS = Object.entries<Endpoint>(api)

/** What the edge answers to a caller that it does not let in. */
const REFUSED = ['permission.missing', 'session.required', 'api_key.invalid', 'session.ended']

/** A path of the endpoint that leads to nothing. */
const pathOf = ({ path }: Endpoint) => `/api/v1${path.replace(/\{\w+\}/g, '0')}`

for (const kind of DATABASES) {
  describe(`the table of permissions on ${kind.name}`, () => {
    test('decides for every endpoint and every role whether a key is let in', async () => {
      await using server = await startTestServer(kind)
      const keys = new Map<string, string>()
      for (const role of ROLES) {
        keys.set(role, (await server.api.createKey({ body: { name: role, roles: [role] } })).key)
      }
      const codeOf = async (endpoint: Endpoint, key: string | undefined): Promise<string> => {
        const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) }
        // Nothing that an endpoint with a body takes: who is let in is refused for it, and changes nothing.
        const body = endpoint.method === 'GET' ? {} : { body: '[' }
        const answer = await fetch(server.url + pathOf(endpoint), { method: endpoint.method, headers, ...body })
        // A stream does not end by itself.
        const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream')
        const text = isStream ? String(await answer.body?.cancel()) : await answer.text()
        return /"code":"([\w.]+)"/.exec(text)?.[1] ?? String(answer.status)
      }
      for (const [name, endpoint] of ENDPOINTS) {
        const { access } = endpoint
        const anonymous = await codeOf(endpoint, undefined)
        assert.equal(REFUSED.includes(anonymous), access !== 'public', `${name} without credentials: ${anonymous}`)
        for (const role of ROLES) {
          const code = await codeOf(endpoint, keys.get(role))
          const isIn = access === 'public' || (access !== 'signed_in' && may([role], access))
          assert.equal(!REFUSED.includes(code), isIn, `${name} as ${role}: ${code}`)
        }
      }
    })

    test('lets nobody in by a key that was revoked or has ended', async () => {
      await using server = await startTestServer(kind)
      const { api: client, clock } = server
      const statusWith = async (key: string) => {
        const headers = { authorization: `Bearer ${key}` }
        return (await fetch(`${server.url}/api/v1/accounts`, { headers })).status
      }
      const endsAt = new Date(clock.now().getTime() + 60_000).toISOString()
      const { key } = await client.createKey({ body: { name: 'till', roles: ['auditor'] } })
      const short = await client.createKey({ body: { name: 'short', roles: ['auditor'], ends_at: endsAt } })
      assert.deepEqual([await statusWith(key), await statusWith(short.key)], [200, 200])
      await client.revokeKey({ params: { name: 'till' } })
      clock.advance(60_000)
      assert.deepEqual([await statusWith(key), await statusWith(short.key)], [401, 401])
      const { items } = await client.listKeys()
      assert.deepEqual(
        items.map(({ name, revoked_at }) => [name, revoked_at !== null]),
        [
          ['first', false],
          ['short', false],
          ['till', true],
        ],
      )
      const again = { name: 'till', roles: ['auditor' as const] }
      await assert.rejects(client.createKey({ body: again }), apiProblem('key.name_taken', 409))
      const past = { ...again, name: 'past', ends_at: endsAt }
      await assert.rejects(client.createKey({ body: past }), apiProblem('key.end_past', 422))
    })

    test('gives a key no role that its maker has not', async () => {
      await using server = await startTestServer(kind)
      const { key } = await server.api.createKey({ body: { name: 'ops', roles: ['operator'] } })
      const answer = await fetch(`${server.url}/api/v1/keys`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'more', roles: ['operator', 'reviewer'] }),
      })
      assert.match(await answer.text(), /key\.role_not_own/)
    })
  })
}

test('every endpoint of the contract is served', async () => {
  const [kind] = DATABASES
  assert.ok(kind)
  await using server = await startTestServer(kind)
  const served = servedEndpoints(server.services)
  assert.deepEqual(
    ENDPOINTS.filter(([name]) => !served.has(name)).map(([name]) => name),
    [],
  )
})
