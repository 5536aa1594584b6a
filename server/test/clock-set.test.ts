import { describe, test } from 'node:test'
import { api } from '@shenpi/sdk/contract/api'
import { RETRY_GAPS_S } from '../src/callbacks/deliver-callback.ts'
import { DATABASES } from './databases.ts'
import { callBackTo, type Receiver, startReceiver } from './receiver.ts'
import { startTestServer, type TestServer } from './start-server.ts'
import { submitSome } from './submit-some.ts'
import { until } from './until.ts'

const HOUR_MS = 3_600_000
const [GAP_S] = RETRY_GAPS_S
/** A sandbox’s work falls due by the clocks of its accounts. */
const PRODUCTION = { MODE: 'production', OUTBOUND_ALLOW: '127.0.0.0/8' }

/** Approve an application of a new account that is called back at the receiver. @returns the delivery's id */
async function approveOne(server: TestServer, receiver: Receiver): Promise<string> {
  const [id = ''] = await submitSome(server, 1)
  const { appid } = await server.api.call(api.getApplication, { params: { id } })
  await callBackTo(server, { ...server.sandbox, appid }, receiver)
  await server.api.call(api.decideApplication, { params: { id }, version: 1, body: { move: 'approve' } })
  return `${Number.parseInt(id, 10)}-1`
}

for (const kind of DATABASES) {
  describe(`a clock that is set forward and back on ${kind.name}`, () => {
    for (const hours of [3, 30]) {
      test(`delays no callback and no further attempt when it is set by ${hours} h`, async () => {
        await using server = await startTestServer(kind, { env: PRODUCTION })
        await using receiver = await startReceiver()
        receiver.answer = (_, count) => ({ status: count === 1 ? 503 : 200, body: 'success' })
        const { clock } = server
        const right = clock.now()
        clock.set(new Date(right.getTime() + hours * HOUR_MS))
        const id = await approveOne(server, receiver)
        const tries = async () => (await server.api.call(api.getDelivery, { params: { id } })).tries.length
        await until(async () => (await tries()) === 1)
        clock.set(right)
        clock.advance(GAP_S * 1000)
        await until(async () => (await tries()) === 2)
      })
    }

    test('leaves no callback behind when it is corrected before a new process starts', async () => {
      await using receiver = await startReceiver()
      receiver.answer = (_, count) => ({ status: count === 1 ? 503 : 200, body: 'success' })
      const first = await startTestServer(kind, { env: PRODUCTION })
      first.clock.advance(30 * HOUR_MS)
      const id = await approveOne(first, receiver)
      const triesOf = async (server: TestServer) =>
        (await server.api.call(api.getDelivery, { params: { id } })).tries.length
      await until(async () => (await triesOf(first)) === 1)
      await first.stop()
      // Its clock says what the first one's said before it was ahead.
      await using second = await startTestServer(kind, { place: first.place, env: PRODUCTION })
      await until(async () => {
        const row = await second.services.db.selectFrom('callback_delivery').select('due_at').executeTakeFirstOrThrow()
        return row.due_at <= second.clock.machine() + GAP_S * 1000
      })
      second.clock.advance(GAP_S * 1000)
      await until(async () => (await triesOf(second)) === 2)
    })
  })
}
