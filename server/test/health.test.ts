import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { api } from '@shenpi/sdk/contract/api'
import { submitApplication } from '../src/applications/submit-application.ts'
import { DATABASES } from './databases.ts'
import { aCategoryOf } from './factories.ts'
import { startTestServer } from './start-server.ts'
import { submitSome } from './submit-some.ts'

for (const kind of DATABASES) {
  describe(`the health of a server on ${kind.name}`, () => {
    test('is told to whoever asks', async () => {
      await using server = await startTestServer(kind)
      const get = async (path: string) => {
        const response = await fetch(`${server.url}${path}`)
        return { status: response.status, text: await response.text() }
      }
      assert.deepEqual(await get('/livez'), { status: 200, text: '{"status":"ok"}' })
      assert.equal((await get('/readyz')).status, 200)
      const { text } = await get('/metrics')
      assert.match(text, /^shenpi_requests_total\{route="\/livez",problem="ok"\} \d+$/m)
      assert.match(text, /^shenpi_queue_age_seconds\{queue="deliveries"\} 0$/m)
      assert.match(text, /^process_resident_memory_bytes \d+/m)
    })

    test('is not ready while due work is older than a minute', async () => {
      await using server = await startTestServer(kind)
      const { db, review } = server.services
      const [id = ''] = await submitSome(server, 1)
      await server.api.call(api.decideApplication, { params: { id }, version: 1, body: { move: 'approve' } })
      const ready = async () => {
        const response = await fetch(`${server.url}/readyz`)
        const { queues } = (await response.json()) as { queues: { queue: string; ageMs: number }[] }
        return { status: response.status, ages: queues.map(({ ageMs }) => ageMs) }
      }
      assert.equal((await ready()).status, 200, 'nobody waits for a delivery without an address')
      // Due, and held by a worker that died: nobody else may take it before its lease ends.
      const leased_until = server.clock.now().getTime() + 3_600_000
      await db.updateTable('callback_delivery').set({ state: 'pending', leased_until }).execute()
      server.clock.advance(60_000)
      assert.deepEqual(await ready(), { status: 200, ages: [60_000, 0] })
      server.clock.advance(1)
      assert.deepEqual(await ready(), { status: 503, ages: [60_001, 0] })
      await db.updateTable('callback_delivery').set({ state: 'failed' }).execute()
      assert.equal((await ready()).status, 200)

      const { accountId } = server.sandbox
      const picture = { field: 'license', reference: 'ours', linkKey: 'key' }
      await submitApplication(review, { ...aCategoryOf(accountId), pictures: [picture] })
      await db
        .updateTable('application_picture')
        .set({ state: 'waiting', leased_until: leased_until * 2 })
        .execute()
      server.clock.advance(61_000)
      assert.equal((await ready()).status, 503)
      const metrics = await (await fetch(`${server.url}/metrics`)).text()
      assert.match(metrics, /^shenpi_queue_age_seconds\{queue="pictures"\} 61$/m)
      assert.match(metrics, /^shenpi_applications_under_review\{overdue="false"\} 1$/m)
      server.clock.advance(7 * 24 * 3600 * 1000)
      const later = await (await fetch(`${server.url}/metrics`)).text()
      assert.match(later, /^shenpi_applications_under_review\{overdue="true"\} 1$/m)
    })
  })
}
