import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DATABASES } from '../../test/databases.ts'
import { aCategoryOf } from '../../test/factories.ts'
import { type OpenReview, openReview } from '../../test/open-review.ts'
import { decideApplication } from '../applications/decide-application.ts'
import { claimPictures } from '../applications/picture.store.ts'
import { submitApplication } from '../applications/submit-application.ts'
import { claimDeliveries, DELIVERIES_PER_ACCOUNT } from '../callbacks/delivery.store.ts'
import { readQueueAges } from './queue-age.ts'

const LEASE_MS = 30_000

/** An account with so many deliveries and pictures that are due. */
async function accountWith({ review, newAccount }: OpenReview, count: number): Promise<number> {
  const accountId = await newAccount({ callbackUrl: 'https://example.com/' })
  for (let level3 = 1; level3 <= count; level3 += 1) {
    const pictures = [{ field: 'license', reference: 'https://example.com/a.png', linkKey: null }]
    const application = await submitApplication(review, { ...aCategoryOf(accountId, level3), pictures })
    await decideApplication(review, application, { move: 'approve', reason: '', actor: 'staff:li' })
  }
  return accountId
}

const agesOf = async ({ db, clock }: OpenReview) =>
  (await readQueueAges(db, clock.now())).map(({ queue, ageMs }) => [queue, ageMs])

for (const kind of DATABASES) {
  describe(`the age of a queue on ${kind.name}`, () => {
    test('is that of its oldest due job', async () => {
      await using opened = await openReview(kind)
      assert.deepEqual(await agesOf(opened), [
        ['deliveries', 0],
        ['pictures', 0],
      ])
      await accountWith(opened, 1)
      opened.clock.advance(61_000)
      assert.deepEqual(await agesOf(opened), [
        ['deliveries', 61_000],
        ['pictures', 61_000],
      ])
    })

    test('leaves out an account that has its share under way, until nobody serves it', async () => {
      await using opened = await openReview(kind)
      const { db, clock } = opened
      await accountWith(opened, DELIVERIES_PER_ACCOUNT + 1)
      clock.advance(60_000)
      await claimDeliveries(db, clock.now(), 64, LEASE_MS)
      await claimPictures(db, clock.now(), 8, LEASE_MS)
      assert.deepEqual(await agesOf(opened), [
        ['deliveries', 0],
        ['pictures', 0],
      ])
      await accountWith(opened, 1)
      clock.advance(1000)
      assert.deepEqual(await agesOf(opened), [
        ['deliveries', 1000],
        ['pictures', 1000],
      ])
      clock.advance(LEASE_MS)
      assert.deepEqual(await agesOf(opened), [
        ['deliveries', 91_000],
        ['pictures', 91_000],
      ])
    })
  })
}
