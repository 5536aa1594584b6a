import assert from 'node:assert/strict'
import type { DeliveryState } from '@shenpi/sdk/contract/states'
import { decideApplication } from '../src/applications/decide-application.ts'
import { submitApplication } from '../src/applications/submit-application.ts'
import { deliveryQueue } from '../src/callbacks/delivery.queue.ts'
import { type Delivery, type DeliveryKey, saveAttempt } from '../src/callbacks/delivery.store.ts'
import { aCategoryOf } from './factories.ts'
import type { OpenReview } from './open-review.ts'

/** An account with so many deliveries, numbered from 1. */
export async function accountWith(opened: OpenReview, deliveries: number, callbackUrl = 'https://example.com/') {
  const { review, newAccount } = opened
  const accountId = await newAccount({ callbackUrl })
  for (let level3 = 1; level3 <= deliveries; level3 += 1) {
    const application = await submitApplication(review, aCategoryOf(accountId, level3))
    await decideApplication(review, application, { move: 'approve', reason: '', actor: 'staff:li' })
  }
  return accountId
}

export const claim = ({ db, clock }: OpenReview, limit = 10, accountId = 1) =>
  deliveryQueue.claim(db, clock, { accountId, limit })
export const listDue = async ({ db, clock }: OpenReview, after = 0) =>
  (await deliveryQueue.listDue(db, clock, after)).accountIds
export const numbersOf = (deliveries: DeliveryKey[]) => deliveries.map(({ deliveryNo }) => deliveryNo).toSorted()

/** One try that ended so. */
export const attempt = ({ db, clock }: OpenReview, delivery: Delivery, state: DeliveryState, outcome: string = state) =>
  saveAttempt(
    db,
    delivery,
    { at: clock.now(), durationMs: 12.4, url: 'https://example.com/', status: 200, outcome, injectedBy: null },
    { state, dueAt: new Date(clock.machine() + 5000) },
  )

export const only = (deliveries: Delivery[]) => deliveries[0] ?? assert.fail('nothing was claimed')
