import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Move } from '@shenpi/sdk/contract/states'
import { SANDBOX_ACCOUNT } from '../src/sandbox/account.ts'
import { DATABASES } from './databases.ts'
import { startTestServer } from './start-server.ts'
import { testClock } from './test-clock.ts'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS

/** A Monday. */
const MONDAY = new Date('2026-03-16T09:00:00+08:00')

for (const kind of DATABASES) {
  describe(`the dashboard on ${kind.name}`, () => {
    test('adds up decisions by day, kind, way and person, with their speed in working days, and what is open', async () => {
      const clock = testClock(MONDAY)
      await using server = await startTestServer(kind, { clock, env: { SANDBOX_APPROVE: 'all' } })
      const { api } = server
      const ask = async (quantity: number) => {
        const body = { quantity, apply_reason: 'test', comment: 'c', poi_id: 1234 }
        // Tokens end sooner than days pass here.
        const merchant = await server.connect(SANDBOX_ACCOUNT)
        await merchant.post('/shakearound/device/applyid', body)
        const { items } = await api.listApplications({
          query: { appid: SANDBOX_ACCOUNT.appid, kind: 'device_batch', limit: 1 },
        })
        return items[0] ?? assert.fail()
      }
      const decide = ({ id, version }: { id: string; version: number }, move: Move) =>
        api.decideApplication({ params: { id }, version, body: { move, reason: 'ok' } })

      await ask(5)
      const first = await ask(501)
      clock.advance(6 * HOUR_MS)
      await decide(first, 'approve')
      // Over a weekend, which is no working time, and late.
      const second = await ask(501)
      clock.advance(7 * DAY_MS)
      await decide(second, 'reject')
      const third = await ask(501)
      clock.advance(4 * DAY_MS)

      const dashboard = await api.getDashboard({})
      const batches = dashboard.days.filter((day) => day.kind === 'device_batch')
      assert.deepEqual(batches.map(({ date, outcome, way, decided }) => [date, outcome, way, decided]).toSorted(), [
        ['2026-03-16', 'approved', 'key', 1],
        ['2026-03-16', 'approved', 'quick', 1],
        ['2026-03-23', 'rejected', 'key', 1],
      ])
      assert.deepEqual(dashboard.reviewed, { decided: 2, late: 1 })
      assert.deepEqual(dashboard.load, [{ actor: 'key:first', decided: 2, late: 1 }])
      assert.ok(dashboard.median_hours !== null && dashboard.median_hours > 4 && dashboard.median_hours <= 8)
      assert.ok(dashboard.p90_hours !== null && dashboard.p90_hours > 96 && dashboard.p90_hours <= 120)
      assert.deepEqual(dashboard.open, { overdue_long: 0, overdue: 1, today: 0, tomorrow: 0, later: 0 })
      assert.equal(third.state, 'under_review')
      assert.equal(dashboard.oldest_applied_at, third.applied_at)
      assert.deepEqual((await api.getDashboard({ query: { days: 1 } })).days, [])
      assert.deepEqual(dashboard.callbacks, { pending: 0, delivered: 0, failed: 0, unaddressed: 0 })
      assert.ok(dashboard.queues.some(({ name }) => name === 'deliveries'))
    })
  })
}
