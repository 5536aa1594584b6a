import assert from 'node:assert/strict'
import { test } from 'node:test'
import { api, type Endpoint } from '@shenpi/sdk/contract/api'
import { DATABASES } from './databases.ts'
import { startTestServer } from './start-server.ts'

test('every answer of the native API is kept by nobody and taken for nothing else', async () => {
  const [kind] = DATABASES
  assert.ok(kind)
  await using server = await startTestServer(kind)
  const statuses = new Set<number>()
  const look = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(server.url + path, init)
    const { headers } = answer
    const told = [headers.get('cache-control'), headers.get('x-content-type-options')]
    assert.deepEqual(told, ['no-store', 'nosniff'], `${init.method} ${path}: ${answer.status}`)
    statuses.add(answer.status)
    await answer.body?.cancel()
  }
  const json = { 'content-type': 'application/json' }
  const byKey = { authorization: `Bearer ${server.apiKey}`, ...json }
  for (const { method, path } of Object.values<Endpoint>(api)) {
    // Nothing that an endpoint with a body takes.
    const body = method === 'GET' ? {} : { body: '[' }
    const url = `/api/v1${path.replace(/\{\w+\}/g, '0')}`
    await look(url, { method, headers: json, ...body })
    await look(url, { method, headers: byKey, ...body })
  }
  for (const path of ['/api', '/api/v1/nothing', '/api/v1/%ff', '/api/sandbox/applications']) await look(path)
  const post = { method: 'POST', headers: byKey }
  await look('/api/v1/sign-in/password', { ...post, body: `"${'x'.repeat(20_000)}"` })
  await look('/api/v1/keys', { ...post, headers: { ...byKey, 'content-type': 'text/plain' }, body: 'x' })
  for (const status of [200, 400, 401, 403, 404, 413]) assert.ok(statuses.has(status), `none was ${status}`)
})
