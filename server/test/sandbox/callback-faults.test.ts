import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { applyForCategory, uploadDocument } from '../apply-for-category.ts'
import { DATABASES } from '../databases.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'
import { type CarefulReceiver, startCarefulReceiver } from './careful-receiver.ts'

/** Monday noon in China. */
const MONDAY = '2026-03-16T04:00:00.000Z'
const OTHER_KEY = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFG'

for (const kind of DATABASES) {
  describe(`faults of callbacks on ${kind.name}`, () => {
    let server: TestServer
    let merchant: WireClient
    let receiver: CarefulReceiver
    let params: { appid: string }
    let link = ''

    before(async () => {
      server = await startTestServer(kind)
      const { appid } = server.sandbox
      params = { appid }
      await server.api.setClock({ params, body: { at: MONDAY, frozen: true } })
      merchant = await server.connect(server.sandbox)
      const nowS = () => server.services.clock.now(merchant.accountId).getTime() / 1000
      receiver = await startCarefulReceiver(appid, nowS)
      link = await uploadDocument(merchant)
      await callBack()
    })
    after(async () => {
      await receiver[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    })
    beforeEach(async () => {
      await server.api.deleteFaults({ query: {} })
      receiver.arrived = []
      receiver.actedOn = []
    })

    /** Have the account called back with the receiver's newest key. */
    async function callBack(): Promise<void> {
      const { url, token, keys } = receiver
      const body = { url, token, encoding_aes_key: keys[0] ?? '', mode: 'secure', format: 'json' } as const
      await server.api.setCallback({ params, body })
    }
    const set = (scenario: string) => server.api.setFault({ params: { name: scenario }, body: { scenario } })
    const hitsOf = async (name: string) => (await server.api.getFault({ params: { name }, query: {} })).hits
    /** Something happens of which the merchant is told: now, or in ten seconds. @returns the application's id */
    async function happen({ delay = false } = {}): Promise<string> {
      const id = await applyForCategory(merchant, link)
      await server.api.decideApplication({
        params: { id },
        version: 1,
        body: { move: 'reject', reason: '不清晰', delay },
      })
      return id
    }
    const pass = async (seconds: number) => server.api.advanceClock({ params, body: { seconds } })
    async function triesOf(application: string) {
      const { items } = await server.api.listDeliveries({ query: { application } })
      const delivery = await server.api.getDelivery({ params: { id: items[0]?.id ?? '' } })
      return { state: delivery.state, tries: delivery.tries.map(({ status, injected_by }) => [status, injected_by]) }
    }

    for (const [scenario, statuses] of [
      ['callback-forged', [403, 200]],
      ['callback-wrong-key', [403, 200]],
      ['callback-stale', [403, 200]],
      ['callback-truncated', [403, 200]],
      ['callback-twice', [200, 200]],
      ['callback-lost', [200]],
    ] as const) {
      test(`are met by a good receiver, which acts on the message once: ${scenario}`, async () => {
        await set(scenario)
        const id = await happen()
        await pass(10)
        assert.deepEqual(
          receiver.arrived.map(({ status }) => status),
          statuses,
        )
        assert.deepEqual([receiver.actedOn.length, await hitsOf(scenario)], [1, 1])
        const { state, tries } = await triesOf(id)
        const first = scenario === 'callback-lost' ? null : statuses[0]
        assert.deepEqual(
          [state, tries],
          [
            'delivered',
            [
              [first, scenario],
              [200, null],
            ],
          ],
        )
      })
    }

    test('delay a callback by the account’s time, and the timeline tells which rule did', async () => {
      await set('callback-late')
      await happen({ delay: true })
      const early = await pass(10 + 3599)
      assert.deepEqual(
        early.timeline.flatMap(({ type, injected_by }) => (type === 'callback' ? injected_by : [])),
        ['callback-late'],
      )
      assert.equal(receiver.arrived.length, 0)
      await pass(1)
      assert.equal(receiver.actedOn.length, 1)
    })

    test('hold a callback back until a later one has gone, also by a rule that goes on', async () => {
      await server.api.setFault({ params: { name: 'endless' }, body: { effect: { type: 'callback_reorder' } } })
      const first = await happen()
      await pass(1)
      assert.equal(receiver.arrived.length, 0)
      const second = await happen()
      await pass(1)
      const told = receiver.actedOn.map((message) => message.QualificationAuditResult?.audit_id ?? message.audit_id)
      assert.deepEqual(told, [second, first], JSON.stringify(receiver.actedOn))
    })

    test('hold a callback back although an earlier one goes again', async () => {
      await set('callback-lost')
      const first = await happen()
      await pass(0)
      await set('callback-out-of-order')
      const second = await happen()
      await pass(5)
      const third = await happen()
      await pass(0)
      const told = receiver.actedOn.map((message) => message.QualificationAuditResult?.audit_id ?? message.audit_id)
      assert.deepEqual(told, [first, third, second], JSON.stringify(receiver.actedOn))
    })

    test('send a callback twice before the next of its moment', async () => {
      await server.api.setFault({ params: { name: 'endless' }, body: { effect: { type: 'callback_duplicate' } } })
      await happen()
      await happen()
      await pass(0)
      const senders = receiver.arrived.map(({ message }) => message?.FromUserName)
      assert.deepEqual(senders, [senders[0], senders[0], senders[2], senders[2]])
      assert.notEqual(senders[0], senders[2])
    })

    test('let a callback that is held back go after a minute, when nothing comes behind it', async () => {
      await set('callback-out-of-order')
      await happen()
      await pass(59)
      assert.equal(receiver.arrived.length, 0)
      await pass(1)
      assert.equal(receiver.actedOn.length, 1)
    })

    test('let each message arrive in the end, although the rule goes on', async () => {
      const rules = ['callback_duplicate', 'callback_delay', 'callback_reorder'] as const
      for (const type of rules) {
        receiver.actedOn = []
        await server.api.deleteFaults({ query: {} })
        const effect = type === 'callback_delay' ? { type, seconds: 5 } : { type }
        await server.api.setFault({ params: { name: 'endless' }, body: { effect } })
        const ids = [await happen(), await happen()]
        const { stopped } = await pass(120)
        assert.equal(stopped, null, type)
        for (const id of ids) assert.equal((await triesOf(id)).state, 'delivered', type)
        assert.equal(receiver.actedOn.length, 2, type)
      }
    })

    test('encrypt with the key before the last change, and with nothing where there was none', async () => {
      await set('callback-old-key')
      await happen()
      await pass(1)
      assert.deepEqual([receiver.arrived[0]?.key, await hitsOf('callback-old-key')], [0, 0])
      receiver.keys.unshift(OTHER_KEY)
      await callBack()
      await happen()
      await happen()
      await pass(1)
      assert.deepEqual(receiver.arrived.map(({ key }) => key).toSorted(), [0, 0, 1])
      assert.equal(await hitsOf('callback-old-key'), 1)
    })

    test('strike events that the rule names, of the account that it names', async () => {
      const effect = { type: 'callback_drop' } as const
      await server.api.setFault({ params: { name: 'other' }, body: { effect, match: { events: ['other_event'] } } })
      const { appid } = await server.newAccount()
      await server.api.setFault({ params: { name: 'theirs' }, body: { effect, match: { appid } } })
      await happen()
      await pass(1)
      assert.equal(receiver.actedOn.length, 1)
    })
  })
}
