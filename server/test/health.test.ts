import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { submitApplication } from '../src/applications/submit-application.ts'
import type { QueueAge } from '../src/jobs/worker.ts'
import { DATABASES } from './databases.ts'
import { aCategoryOf } from './factories.ts'
import { startTestServer } from './start-server.ts'
import { until } from './until.ts'

for (const kind of DATABASES) {
  describe(`the health of a server on ${kind.name}`, () => {
    test('is told to everybody in the sandbox', async () => {
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

    test('is stale while a queue is not worked on, and ready again afterwards', async () => {
      await using server = await startTestServer(kind)
      const { db, review } = server.services
      const ready = async () => {
        const response = await fetch(`${server.url}/readyz`)
        const { queues } = (await response.json()) as { queues: QueueAge[] }
        return {
          status: response.status,
          behind: queues.filter(({ ageMs }) => ageMs > 60_000).map(({ queue }) => queue),
        }
      }
      assert.deepEqual(await ready(), { status: 200, behind: [] })
      await sql`alter table application_picture rename to lost`.execute(db)
      server.clock.advance(61_001)
      // The other one comes round within a second.
      await until(async () => (await ready()).behind.join() === 'pictures')
      assert.equal((await ready()).status, 503)
      const metrics = await (await fetch(`${server.url}/metrics`)).text()
      assert.match(metrics, /^shenpi_queue_age_seconds\{queue="pictures"\} [1-9]\d+/m)
      await sql`alter table lost rename to application_picture`.execute(db)
      await until(async () => (await ready()).status === 200)

      await submitApplication(review, aCategoryOf(server.sandbox.accountId))
      // It is counted once in three seconds.
      server.clock.advance(3000)
      const open = await (await fetch(`${server.url}/metrics`)).text()
      assert.match(open, /^shenpi_applications_under_review\{overdue="false"\} 1$/m)
      server.clock.advance(7 * 24 * 3600 * 1000)
      const later = await (await fetch(`${server.url}/metrics`)).text()
      assert.match(later, /^shenpi_applications_under_review\{overdue="true"\} 1$/m)
    })
  })
}
