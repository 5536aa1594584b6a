import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { DATABASES } from '../../test/databases.ts'
import { aCategoryOf } from '../../test/factories.ts'
import { listen } from '../../test/listener.ts'
import { startNameserver } from '../../test/nameserver.ts'
import { type OpenReview, openReview } from '../../test/open-review.ts'
import { decideApplication } from '../applications/decide-application.ts'
import { submitApplication } from '../applications/submit-application.ts'
import { systemEntropy } from '../entropy/entropy.ts'
import { createOutbound, type Outbound } from '../outbound/outbound.ts'
import { deliverCallback } from './deliver-callback.ts'
import { deliveryQueue } from './delivery.queue.ts'
import { getDelivery, listAttempts } from './delivery.store.ts'

/** More requests than one account may have waiting. */
const TOO_MANY = 300
/** As many names as one account may look for at once. */
const AT_ONCE = 8
/** Sooner than a lease ends. */
const SOON_MS = 5000
const A_MINUTE = 60_000

async function aDelivery({ db, review, newAccount }: OpenReview, callbackUrl: string) {
  const accountId = await newAccount({ callbackUrl })
  const application = await submitApplication(review, aCategoryOf(accountId))
  await decideApplication(review, application, { move: 'approve', reason: '', actor: 'staff:li' })
  const key = { accountId, deliveryNo: 1 }
  return { accountId, key, delivery: await getDelivery(db, key) }
}

const claim = ({ db, clock }: OpenReview, accountId: number) => deliveryQueue.claim(db, clock, { accountId, limit: 10 })

/** Requests of an account whose names are looked for until they are ended. */
function lookForNames(outbound: Outbound, accountId: number, count: number) {
  const end = new AbortController()
  const request = { accountId, method: 'GET', url: 'http://silent.test/', timeoutMs: A_MINUTE, maxBytes: 1 } as const
  const sent = Array.from({ length: count }, () => outbound.send({ ...request, signal: end.signal }))
  const settled = Promise.allSettled(sent)
  return async () => {
    end.abort(new Error('enough'))
    await settled
  }
}

for (const kind of DATABASES) {
  describe(`a delivery whose account looks up too many names, on ${kind.name}`, () => {
    test('is not sent, does not count as an attempt, and is due again soon', async () => {
      await using opened = await openReview(kind)
      const { db, clock } = opened
      const { accountId, key, delivery } = await aDelivery(opened, 'http://receiver.test/')

      const outbound = createOutbound({ allow: [], resolve: () => new Promise(() => {}) })
      const end = lookForNames(outbound, accountId, TOO_MANY)
      assert.deepEqual(await claim(opened, accountId), [delivery])
      assert.equal(await deliverCallback({ db, clock, entropy: systemEntropy, outbound }, delivery), undefined)
      assert.deepEqual(await listAttempts(db, key), [])
      assert.deepEqual(await claim(opened, accountId), [])
      clock.advance(SOON_MS)
      assert.deepEqual(await claim(opened, accountId), [{ ...delivery, dueAt: new Date(clock.machine()) }])
      await end()
      await outbound.close()
    })

    test('does not count for or against its receiver, which was not asked', async (t) => {
      await using opened = await openReview(kind)
      const { db, clock } = opened
      const { key, delivery } = await aDelivery(opened, 'http://receiver.test/')
      await using nameserver = await startNameserver(() => 'NXDOMAIN')
      const outbound = createOutbound({ allow: [], nameservers: [nameserver.address] })
      // What is remembered is remembered for as long as the test takes.
      const stood = performance.now()
      t.mock.method(performance, 'now', () => stood)
      const request = { ...key, method: 'GET', url: 'http://receiver.test/', timeoutMs: A_MINUTE, maxBytes: 1 } as const
      await assert.rejects(outbound.send(request), { reason: 'dns' })
      assert.equal(await deliverCallback({ db, clock, entropy: systemEntropy, outbound }, delivery), undefined)
      assert.equal((await listAttempts(db, key)).length, 1)
      await outbound.close()
    })

    for (const [how, address] of [
      ['answers', '127.0.0.1'],
      ['is refused', '10.0.0.1'],
    ] as const) {
      test(`is recorded with its receiver’s time alone, which ${how}`, async (t) => {
        await using opened = await openReview(kind)
        await using listener = await listen((_request, response) => response.end('success'))
        const { db, clock } = opened
        const { accountId, key, delivery } = await aDelivery(opened, `http://receiver.test:${listener.port}/`)
        const { now } = performance
        let ahead = 0
        t.mock.method(performance, 'now', () => now.call(performance) + ahead)

        const resolve = async (name: string, signal: AbortSignal) => {
          if (name === 'receiver.test') return [address]
          await once(signal, 'abort')
          throw signal.reason
        }
        const outbound = createOutbound({ allow: ['127.0.0.0/8'], resolve })
        const end = lookForNames(outbound, accountId, AT_ONCE)
        const waiting = Promise.withResolvers<void>()
        const send: Outbound['send'] = (request) => {
          const answer = outbound.send(request)
          waiting.resolve()
          return answer
        }
        const delivered = deliverCallback(
          { db, clock, entropy: systemEntropy, outbound: { ...outbound, send } },
          delivery,
        )
        await waiting.promise
        ahead = A_MINUTE
        await end()
        assert.ok(((await delivered) ?? 0) < A_MINUTE)
        const [attempt] = await listAttempts(db, key)
        assert.equal(attempt?.status, how === 'answers' ? 200 : null)
        assert.ok(attempt.durationMs < A_MINUTE)
        await outbound.close()
      })
    }
  })
}
