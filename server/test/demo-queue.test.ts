import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createApiClient } from '@shenpi/sdk/client'
import { checkCreditCode } from '@shenpi/sdk/contract/credit-code'
import { KIND_NAMES } from '@shenpi/sdk/contract/states'
import { fillQueue } from '../demo/queue/fill-queue.ts'
import { MERCHANTS } from '../demo/queue/merchants.ts'
import { startServerProcess } from '../demo/server-process.ts'
import { readApiKey } from '../src/keys/key-file.ts'
import { SANDBOX_ACCOUNT } from '../src/sandbox/account.ts'
import { DATABASES } from './databases.ts'
import { startTestServer, type TestServer } from './start-server.ts'

describe('the demo of a queue', () => {
  test('has merchants with valid credit codes', () => {
    for (const { creditCode } of MERCHANTS) assert.deepEqual(checkCreditCode(creditCode), { code: creditCode })
  })

  test('fills a running sandbox with 40 applications of all kinds, of which some tell something', async () => {
    await using server = await startServerProcess()
    const { url } = server
    const key = (await readApiKey(server.dataDir)) ?? assert.fail('there is no key')
    const api = createApiClient({ url, key })
    await fillQueue({ url, key, api })

    const { items } = await api.listApplications({ query: { state: 'under_review', limit: 200 } })
    assert.equal(items.length, 40)
    assert.deepEqual([...new Set(items.map(({ kind }) => kind))].toSorted(), KIND_NAMES.toSorted())
    assert.deepEqual(
      items.map(({ overdue }) => overdue),
      items.map((_, index) => index < 3),
    )
    const again = items.filter(({ resubmission_of }) => resubmission_of)
    assert.equal(again.length, 2)
    for (const { id } of again) {
      const { comparison } = await api.getTries({ params: { id } })
      const named = comparison?.fields.filter((field) => field.named) ?? []
      assert.ok(named.length > 0 && named.every(({ changed }) => changed), id)
    }
    const { items: reused } = await api.search({ query: { q: MERCHANTS[1]?.creditCode ?? '' } })
    assert.equal(reused.length, 2)
  })
})

for (const kind of DATABASES) {
  describe(`an application of earlier on ${kind.name}`, () => {
    const submit = (server: TestServer, changes: object = {}, key = server.apiKey) =>
      fetch(`${server.url}/api/sandbox/applications`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          appid: SANDBOX_ACCOUNT.appid,
          kind: 'device_quota',
          payload: { quantity: 1, purpose: 'more' },
          applied_at: '2020-01-02T03:04:05Z',
          ...changes,
        }),
      })

    test('is due when it would have been, and takes the same way as every other', async () => {
      await using server = await startTestServer(kind)
      assert.equal((await submit(server, {}, 'nobody')).status, 401)
      for (const wrong of [
        { payload: { quantity: 'many' } },
        { kind: 'nothing' },
        { applied_at: '2999-01-01T00:00:00Z' },
        { applied_at: 'yesterday' },
      ]) {
        assert.equal((await submit(server, wrong)).status, 400, JSON.stringify(wrong))
      }
      assert.equal((await submit(server)).status, 201)
      const [application] = (await server.api.listApplications({ query: {} })).items
      assert.deepEqual([application?.applied_at, application?.overdue], ['2020-01-02T03:04:05.000Z', true])
      assert.equal((await submit(server)).status, 409)
    })

    test('has no path in production', async () => {
      await using server = await startTestServer(kind, { env: { MODE: 'production', PUBLIC_URL: 'https://a.example' } })
      const answer = await submit(server)
      assert.deepEqual([answer.status, (await answer.text()).includes('path.unknown')], [404, true])
    })
  })
}
