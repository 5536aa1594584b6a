import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { Caches } from '../../src/caches.ts'
import { inDataDir } from '../../src/data-dir/data-dir.ts'
import { SeededEntropy } from '../../src/entropy/entropy.ts'
import { Gate } from '../../src/jobs/gate.ts'
import { exchangeState } from '../../src/sandbox/state/exchange-state.ts'
import { AccountClocks } from '../../src/time/account-clocks.ts'
import { DATABASES } from '../databases.ts'
import { apiProblem, problem } from '../problem.ts'
import { startTestServer } from '../start-server.ts'
import { testClock } from '../test-clock.ts'
import { stageRace } from '../wire/stage-race.ts'

for (const kind of DATABASES) {
  describe(`another state in the place of one on ${kind.name}`, () => {
    test('comes for an account to which a row is being written meanwhile', async () => {
      await using server = await startTestServer(kind)
      const { api, sandbox, services } = server
      const call = { account_id: sandbox.accountId, day: 1, path: '/shop/cat/get', used: 1 }
      const { status } = await stageRace(
        services.db,
        (trx) => trx.insertInto('api_usage').values(call).execute(),
        () => api.resetSandbox({ body: { appid: sandbox.appid } }),
      )
      assert.equal(status, 'fulfilled')
    })

    test('keeps an advance of its account waiting, and a change of its clock', async () => {
      await using server = await startTestServer(kind)
      const { api, sandbox, services } = server
      const { gate, clocks } = services.sandbox ?? assert.fail()
      const exchanged = Promise.withResolvers<void>()
      const exchange = gate.alone(
        sandbox.accountId,
        () => {},
        () => exchanged.promise,
      )
      const params = { appid: sandbox.appid }
      const advancing = api.advanceClock({ params, body: { seconds: 60 } })
      const setting = api.setClock({ params, body: { frozen: true } })
      await api.getClock({ params })
      await api.getClock({ params })
      assert.equal(clocks.underWay.has(sandbox.accountId), false)
      assert.equal(clocks.settingOf(sandbox.accountId).frozenAt, null)
      exchanged.resolve()
      await exchange
      const [{ status }] = await Promise.allSettled([advancing, setting])
      assert.equal(status, 'fulfilled')
    })

    test('is not that of a snapshot whose file is gone, however often it is asked for', async () => {
      await using server = await startTestServer(kind)
      const { api, place } = server
      await api.takeSnapshot({ params: { name: 'lost' }, body: {} })
      const folder = inDataDir(place.dataDir).snapshots
      if (!existsSync(folder)) return
      await rm(folder, { recursive: true })
      for (let tries = 0; tries < 2; tries += 1) {
        await assert.rejects(api.restoreSnapshot({ params: { name: 'lost' } }), apiProblem('snapshot.unknown', 404))
      }
      await api.resetSandbox({ body: {} })
    })
  })
}

test('another state does not come in the middle of an advance that began while it waited', async () => {
  const [caches, gate, clock] = [new Caches(), new Gate(), testClock()]
  const clocks = await AccountClocks.open(clock, async () => [], caches)
  const parts = { sandbox: { clocks, gate }, caches, entropy: new SeededEntropy('any'), outbound: { cutOff: () => {} } }
  const others = Promise.withResolvers<void>()
  const other = gate.alone(
    2,
    () => {},
    () => others.promise,
  )
  const exchange = exchangeState(parts, 1, async () => assert.fail('it came'))
  clocks.underWay.add(1)
  others.resolve()
  await other
  await assert.rejects(exchange, problem('clock.busy'))
})
