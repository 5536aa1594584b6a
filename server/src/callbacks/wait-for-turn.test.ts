import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DATABASES } from '../../test/databases.ts'
import { aCategoryOf } from '../../test/factories.ts'
import { openReview } from '../../test/open-review.ts'
import { decideApplication } from '../applications/decide-application.ts'
import { submitApplication } from '../applications/submit-application.ts'
import { createOutbound } from '../outbound/outbound.ts'
import { deliverCallback } from './deliver-callback.ts'
import { getDelivery, listAttempts } from './delivery.store.ts'

/** More requests than one account may have waiting. */
const TOO_MANY = 300

for (const kind of DATABASES) {
  describe(`a delivery whose account looks for too many names, on ${kind.name}`, () => {
    test('is not sent, which is no try', async () => {
      await using opened = await openReview(kind)
      const { db, clock, review, newAccount } = opened
      const accountId = await newAccount({ callbackUrl: 'http://receiver.test/' })
      const application = await submitApplication(review, aCategoryOf(accountId))
      await decideApplication(review, application, { move: 'approve', reason: '', actor: 'staff:li' })
      const key = { accountId, deliveryNo: 1 }
      const delivery = await getDelivery(db, key)

      const outbound = createOutbound({ allow: [], resolve: () => new Promise(() => {}) })
      const end = new AbortController()
      const request = { accountId, method: 'GET', url: 'http://other.test/', timeoutMs: 60_000, maxBytes: 1 } as const
      const others = Array.from({ length: TOO_MANY }, () => outbound.send({ ...request, signal: end.signal }))
      const settled = Promise.allSettled(others)
      await assert.rejects(deliverCallback({ db, clock, outbound }, delivery), { name: 'OutboundBusy' })
      assert.deepEqual(await getDelivery(db, key), delivery)
      assert.deepEqual(await listAttempts(db, key), [])
      end.abort(new Error('enough'))
      await settled
      await outbound.close()
    })
  })
}
