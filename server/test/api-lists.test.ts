import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { api, type Endpoint } from '@shenpi/sdk/contract/api'
import { DATABASES } from './databases.ts'
import { startTestServer, type TestServer } from './start-server.ts'
import { submitSome } from './submit-some.ts'

/** Every page of a list. */
async function pages(server: TestServer, query: object, endpoint: Endpoint = api.listApplications) {
  const all: string[][] = []
  for (let cursor: string | undefined; ; ) {
    const page = (await server.api.call(endpoint, { query: { ...query, cursor } as never })) as {
      items: { id: string; appid: string }[]
      next_cursor: string | null
    }
    all.push(page.items.map(({ id, appid }) => id ?? appid))
    if (page.next_cursor === null) return all
    cursor = page.next_cursor
  }
}

for (const kind of DATABASES) {
  describe(`the lists of the native API on ${kind.name}`, () => {
    test('lists each open application once, page by page, the most urgent first', async () => {
      await using server = await startTestServer(kind)
      const ids = await submitSome(server, 10)
      for (const limit of [1, 3, 10]) {
        const listed = await pages(server, { state: 'under_review', limit })
        assert.deepEqual(listed.flat(), ids)
        assert.ok(listed.every((page) => page.length <= limit))
      }
      assert.deepEqual((await pages(server, { limit: 4 })).flat(), ids.toReversed())
      assert.deepEqual((await pages(server, { state: 'approved' })).flat(), [])
      assert.deepEqual((await pages(server, { kind: 'device_batch' })).flat(), [])
    })

    test('lists 50 items a page by default', async () => {
      await using server = await startTestServer(kind)
      const ids = await submitSome(server, 60)
      const [first = [], second = []] = await pages(server, { state: 'under_review' })
      assert.deepEqual([first.length, second.length], [50, 10])
      assert.deepEqual([...first, ...second], ids)
    })

    test('continues after a page whose applications were decided meanwhile', async () => {
      await using server = await startTestServer(kind)
      const ids = await submitSome(server, 6)
      const query = { state: 'under_review', limit: 3 } as const
      const { items, next_cursor: cursor } = await server.api.call(api.listApplications, { query })
      for (const { id } of items) {
        await server.api.call(api.decideApplication, {
          params: { id },
          version: 1,
          body: { move: 'reject', reason: 'no' },
        })
      }
      assert.ok(cursor)
      const next = await server.api.call(api.listApplications, { query: { ...query, cursor } })
      assert.deepEqual(
        next.items.map(({ id }) => id),
        ids.slice(3),
      )
    })

    test('lists accounts and deliveries page by page', async () => {
      await using server = await startTestServer(kind)
      const appids = [server.sandbox.appid]
      for (let index = 0; index < 4; index += 1) appids.push((await server.newAccount()).appid)
      assert.deepEqual((await pages(server, { limit: 2 }, api.listAccounts)).flat(), appids)

      const ids = await submitSome(server, 5)
      for (const id of ids) {
        await server.api.call(api.decideApplication, { params: { id }, version: 1, body: { move: 'approve' } })
      }
      const deliveries = (await pages(server, { limit: 2 }, api.listDeliveries)).flat()
      assert.equal(new Set(deliveries).size, 5)
      const byApplication = await pages(server, { application: ids[1] }, api.listDeliveries)
      assert.equal(byApplication.flat().length, 1)
      const elsewhere = { application: ids[1], appid: server.sandbox.appid }
      assert.deepEqual((await pages(server, elsewhere, api.listDeliveries)).flat(), [])
    })

    test('lists no delivery of another account whose application has the same number', async () => {
      await using server = await startTestServer(kind)
      const [one = ''] = await submitSome(server, 1)
      const [other = ''] = await submitSome(server, 1)
      for (const id of [one, other]) {
        await server.api.call(api.decideApplication, { params: { id }, version: 1, body: { move: 'approve' } })
      }
      const { appid } = await server.api.call(api.getApplication, { params: { id: other } })
      const { items } = await server.api.call(api.listDeliveries, { query: { application: one, appid } })
      assert.deepEqual(items, [])
    })
  })
}
