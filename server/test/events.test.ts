import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApplicationEvents } from '@shenpi/sdk/contract/api'
import { DATABASES } from './databases.ts'
import { startTestServer, type TestServer } from './start-server.ts'
import { until } from './until.ts'

/** A stream of events that a test reads one after another. */
async function listen({ url, apiKey }: TestServer, ids: string) {
  const headers = { authorization: `Bearer ${apiKey}` }
  const response = await fetch(`${url}/api/v1/events?ids=${ids}`, { headers })
  assert.equal(response.status, 200)
  assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/)
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader() ?? assert.fail()
  let text = ''
  return {
    async next<E extends keyof ApplicationEvents>(name: E): Promise<ApplicationEvents[E]> {
      for (;;) {
        const found = new RegExp(`event: ${name}\ndata: (.*)\n\n`).exec(text)
        if (found) {
          text = text.replace(found[0], '')
          return JSON.parse(found[1] ?? '')
        }
        const { value, done } = await reader.read()
        if (done) assert.fail(`the stream ended before an event ${name}`)
        text += value
      }
    },
    cancel: () => reader.cancel(),
    async end(): Promise<void> {
      for (;;) if ((await reader.read()).done) return
    },
  }
}

for (const kind of DATABASES) {
  describe(`the stream of events on ${kind.name}`, () => {
    test('tells how a watched application stands, when it changes, and what arrives', async () => {
      await using server = await startTestServer(kind)
      const { api } = server
      const { accountId, appid } = await server.newAccount('Acme')
      await api.applyForDeviceQuota({ params: { appid }, body: { quantity: 5, purpose: '开店' } })
      const id = `${accountId}-1`
      const events = await listen(server, `${id},nonsense,99-1`)
      const first = await events.next('application')
      assert.deepEqual([first.id, first.state, first.claim], [id, 'under_review', null])

      const other = await server.newAccount('Other')
      await api.applyForDeviceQuota({ params: { appid: other.appid }, body: { quantity: 5, purpose: '开店' } })
      const seen = [(await events.next('arrived')).id, (await events.next('arrived')).id]
      assert.deepEqual(seen.toSorted(), [id, `${other.accountId}-1`].toSorted())

      await api.decideApplication({ params: { id }, version: first.version, body: { move: 'approve' } })
      assert.equal((await events.next('application')).state, 'approved')
    })

    test('tells of whatever is watched, however much it is and of however many accounts', async () => {
      await using server = await startTestServer(kind)
      const [one, other] = [await server.newAccount('One'), await server.newAccount('Other')]
      for (const { appid } of [one, other]) {
        await server.api.applyForDeviceQuota({ params: { appid }, body: { quantity: 5, purpose: '开店' } })
      }
      const told: number[] = []
      const nothing = Array.from({ length: 1000 }, (_, no) => ({ accountId: 90 + no, applicationNo: 1 }))
      const [first, last] = [one, other].map(({ accountId }) => ({ accountId, applicationNo: 1 }))
      const watch = await server.services.watch()
      watch.add({
        actorKey: 'key:first',
        keys: [...(first ? [first] : []), ...nothing, ...(last ? [last] : [])],
        tellChanged: ({ account_id }) => void told.push(account_id),
        tellArrived() {},
        goOn: async () => true,
        end() {},
      })
      await until(async () => told.length === 2)
      assert.deepEqual(told, [one.accountId, other.accountId])
    })

    test('gives one person or key twenty streams at most, and a place again that was left', async () => {
      await using server = await startTestServer(kind)
      const headers = { authorization: `Bearer ${server.apiKey}` }
      const open = () => fetch(`${server.url}/api/v1/events`, { headers })
      const streams = await Promise.all(Array.from({ length: 20 }, open))
      assert.deepEqual([...new Set(streams.map(({ status }) => status))], [200])
      const surplus = await open()
      assert.deepEqual([surplus.status, (await surplus.text()).includes('"events.too_many"')], [503, true])
      const { key } = await server.api.createKey({ body: { name: 'other', roles: ['auditor'] } })
      const other = await listen({ ...server, apiKey: key }, '')
      await streams[0]?.body?.cancel()
      await until(async () => {
        const again = await open()
        await again.body?.cancel()
        return again.status === 200
      })
      await Promise.all(streams.slice(1).map(({ body }) => body?.cancel()))
      await other.cancel()
    })

    test('ends with the key that it was opened by, and with the server', async () => {
      await using place = await kind.place()
      const server = await startTestServer(kind, { place })
      const { key } = await server.api.createKey({ body: { name: 'screen', roles: ['auditor'] } })
      const ofScreen = await listen({ ...server, apiKey: key }, '')
      const ofServer = await listen(server, '')
      await server.api.revokeKey({ params: { name: 'screen' } })
      await ofScreen.end()
      await server.stop()
      await ofServer.end()
    })
  })
}
