import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { toApplicationId } from '../../src/applications/application-id.ts'
import { submitApplication } from '../../src/applications/submit-application.ts'
import { DATABASES } from '../databases.ts'
import { aBatchOf } from '../factories.ts'
import { startTestServer } from '../start-server.ts'

/** Monday noon in China. */
const MONDAY = '2026-03-16T04:00:00.000Z'

for (const kind of DATABASES) {
  describe(`a bulk decision of a sandbox on ${kind.name}`, () => {
    test('is dated by each account, and takes effect when the time of the first of them has come', async () => {
      await using server = await startTestServer(kind)
      const { api, services } = server
      const [frozen, running] = [await server.newAccount(), await server.newAccount()]
      const params = { appid: frozen.appid }
      await api.setClock({ params, body: { at: MONDAY, frozen: true } })
      const ids: string[] = []
      for (const { accountId } of [frozen, running]) {
        ids.push(toApplicationId(await submitApplication(services.review, aBatchOf(accountId))))
      }
      const applications = ids.map((id) => ({ id, version: 1 }))
      const bulk = await api.createBulkDecision({ body: { applications, move: 'approve', reason: '', delay: true } })
      const { items } = await api.listTrail({ query: { ...params, limit: 10 } })
      assert.equal(items.find(({ action }) => action === 'application.schedule')?.at, MONDAY)

      const advanced = await api.advanceClock({ params, body: { working_days: 3 } })
      assert.equal(advanced.stopped, null)
      const told = advanced.timeline.flatMap(({ at, text }) => (text === 'application.approve' ? at : []))
      assert.deepEqual(told, [new Date(Date.parse(MONDAY) + 10_000).toISOString()])
      assert.equal((await api.getBulkDecision({ params: { id: bulk.id } })).state, 'effective')
      const stateOf = async (id = '') => (await api.getApplication({ params: { id } })).state
      assert.deepEqual([await stateOf(ids[0]), await stateOf(ids[1])], ['approved', 'under_review'])
      // The other's time comes as well: it is decided already, and only takes effect.
      await api.advanceClock({ params: { appid: running.appid }, body: { seconds: 10 } })
      assert.equal(await stateOf(ids[1]), 'approved')
    })
  })
}
