import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { api as contract } from '@shenpi/sdk/contract/api'
import { applyForCategory } from '../apply-for-category.ts'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { apiProblem } from '../problem.ts'
import { type Receiver, startReceiver } from '../receiver.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'
import { testClock } from '../test-clock.ts'

/** Monday noon in China, and the end of the third working day after it. */
const MONDAY = '2026-03-16T04:00:00.000Z'
const DUE = '2026-03-19T15:59:59.999Z'

/** Apply for a category, with callbacks to a receiver. @returns the application's id */
async function apply({ api }: TestServer, sandbox: WireClient, { url, token }: Receiver): Promise<string> {
  const { appid } = sandbox
  const body = { url, token, mode: 'plain', format: 'json' } as const
  await api.setCallback({ params: { appid }, body })
  return await applyForCategory(sandbox)
}

for (const kind of DATABASES) {
  describe(`the clock of an account on ${kind.name}`, () => {
    test('passes three working days in a moment, does what is due on the way, and tells it in order', async () => {
      await using server = await startTestServer(kind)
      await using receiver = await startReceiver()
      const { api, sandbox } = server
      const params = { appid: sandbox.appid }
      await api.setClock({ params, body: { at: MONDAY, frozen: true } })
      // Two days have gone by: the token of the start has ended.
      const merchant = await server.connect(sandbox)
      const id = await apply(server, merchant, receiver)
      receiver.answer = (_, count) => ({ status: count <= 2 ? 500 : 200, body: 'success' })
      await api.decideApplication({
        params: { id },
        version: 1,
        body: { move: 'reject', reason: '证件不清晰', delay: true },
      })

      const advanced = await api.advanceClock({ params, body: { working_days: 3 } })
      assert.deepEqual([advanced.from, advanced.clock.now, advanced.stopped], [MONDAY, DUE, null])
      const told = advanced.timeline.filter(({ type }) => type === 'entry' || type === 'callback')
      assert.deepEqual(
        told.map(({ at, text }) => [(Date.parse(at) - Date.parse(MONDAY)) / 1000, text.split(':')[0]]),
        [
          [10, 'application.reject'],
          [10, 'open_product_category_audit'],
          [15, 'open_product_category_audit'],
          [20, 'open_product_category_audit'],
        ],
      )
      const days = advanced.timeline.flatMap(({ type, at }) => (type === 'day_begin' ? at : []))
      assert.equal(days.length, 3)
      assert.equal((await receiver.waitFor(3)).message.CreateTime, Date.parse(MONDAY) / 1000 + 10)
      const status = await (await server.connect(sandbox)).post('/shop/audit/result', { audit_id: id })
      assert.equal(status.json.data.status, 9, status.text)
    })

    test('goes to the next thing that is due, and says when there is none', async () => {
      await using server = await startTestServer(kind)
      const params = { appid: server.sandbox.appid }
      await assert.rejects(server.api.advanceClock({ params, body: {} }), apiProblem('clock.nothing_due', 409))
    })

    test('does what is due now where no time is to pass, also while it runs', async () => {
      const machine = testClock()
      const installation = () => {
        machine.advance(1)
        return machine.installation()
      }
      const running = { ...machine, installation }
      await using server = await startTestServer(kind, { clock: running })
      const params = { appid: server.sandbox.appid }
      assert.equal((await server.api.advanceClock({ params, body: { seconds: 0 } })).stopped, null)
    })

    test('passes on a machine that has slept, whose own clock stays behind the time of day', async () => {
      await using server = await startTestServer(kind, { env: { SANDBOX_APPROVE: 'all' } })
      const { api, sandbox, clock } = server
      const params = { appid: sandbox.appid }
      clock.set(new Date(clock.now().getTime() + 8 * 3_600_000))
      const merchant = await server.connect(sandbox)
      await merchant.post('/shakearound/device/applyid', { quantity: 800, apply_reason: '[approve;after=1h]' })
      const { stopped, timeline } = await api.advanceClock({ params, body: { seconds: 7200 } })
      assert.equal(stopped, null)
      assert.ok(timeline.some(({ text }) => text === 'application.approve'))
    })

    test('passes for one who asks at a time', async () => {
      await using server = await startTestServer(kind)
      const receiver = await startReceiver()
      const { api, sandbox } = server
      const params = { appid: sandbox.appid }
      const id = await apply(server, sandbox, receiver)
      receiver.answer = () => ({ status: 200, body: 'success', hang: true })
      await api.decideApplication({ params: { id }, version: 1, body: { move: 'approve', delay: true } })
      const first = api.advanceClock({ params, body: { seconds: 10 } })
      await receiver.waitFor(1)
      await assert.rejects(api.advanceClock({ params, body: { seconds: 10 } }), apiProblem('clock.busy', 409))
      await receiver[Symbol.asyncDispose]()
      assert.equal((await first).stopped, null)
      await api.advanceClock({ params, body: { seconds: 10 } })
    })

    test('never goes back nor where no time is, and leaves the clocks of others alone', async () => {
      await using server = await startTestServer(kind)
      const { api, sandbox, clock } = server
      const params = { appid: sandbox.appid }
      const later = new Date(clock.machine() + 86_400_000).toISOString()
      await api.setClock({ params, body: { at: later } })
      const back = { at: new Date(clock.machine()).toISOString() }
      await assert.rejects(api.setClock({ params, body: back }), apiProblem('clock.backwards', 409))
      await assert.rejects(api.advanceClock({ params, body: { to: back.at } }), apiProblem('clock.backwards', 409))
      for (const at of ['2099-02-30T00:00:00Z', '9999-12-31T00:00:00Z']) {
        await assert.rejects(api.setClock({ params, body: { at } }), apiProblem('request.malformed', 400))
        await assert.rejects(api.advanceClock({ params, body: { to: at } }), apiProblem('request.malformed', 400))
      }
      const other = await api.createAccount({ body: { name: 'Other' } })
      const theirs = await api.getClock({ params: { appid: other.appid } })
      assert.equal(theirs.now, new Date(clock.machine()).toISOString())
    })

    test('is told by each answer of the wire, beside the time of the machine', async () => {
      await using server = await startTestServer(kind)
      const { url, api, sandbox } = server
      await api.setClock({ params: { appid: sandbox.appid }, body: { at: '2030-01-01T00:00:00Z', frozen: true } })
      const told = async (token: string) => {
        const { headers } = await fetch(`${url}/shop/cat/get?access_token=${token}`, { method: 'POST', body: '{}' })
        return headers.get('x-shenpi-time')
      }
      const { token } = await server.connect(sandbox)
      assert.equal(await told(token), '2030-01-01T00:00:00.000Z')
      assert.equal(await told('nobody'), new Date(server.clock.machine()).toISOString())
    })

    test('is kept over a start', async () => {
      const server = await startTestServer(kind)
      const params = { appid: server.sandbox.appid }
      await server.api.setClock({ params, body: { at: '2030-01-01T00:00:00Z', frozen: true } })
      await server.stop()
      await using again = await startTestServer(kind, { place: server.place })
      assert.equal((await again.api.getClock({ params })).now, '2030-01-01T00:00:00.000Z')
    })
  })
}

// What is served does not depend on the database.
const [anyKind] = DATABASES as [DatabaseKind]

test('no path of a clock exists in production', async () => {
  await using server = await startTestServer(anyKind, { env: { MODE: 'production' } })
  const paths = Object.values(contract).flatMap(({ path, access }) => (access.startsWith('sandbox.') ? path : []))
  assert.ok(paths.length >= 5)
  for (const path of paths) {
    const answer = await fetch(`${server.url}/api/v1${path.replace('{appid}', 'wx0123456789abcdef')}`)
    assert.equal(answer.status, 404, path)
  }
})
