import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountWith, attempt, claim, numbersOf, only } from '../../test/claim-deliveries.ts'
import { DATABASES } from '../../test/databases.ts'
import { endLeases } from '../../test/leases.ts'
import { openReview } from '../../test/open-review.ts'
import { replayDelivery } from '../deliveries/replay-delivery.ts'
import { getDelivery, type ListedDelivery, listAttempts } from './delivery.store.ts'
import { type DeliveryFilter, listDeliveries } from './list-deliveries.ts'

for (const kind of DATABASES) {
  describe(`an attempt on ${kind.name}`, () => {
    test('is stored with the delivery, in the order of the attempts', async () => {
      await using opened = await openReview(kind)
      await accountWith(opened, 1)
      await attempt(opened, only(await claim(opened)), 'pending', 'first')
      opened.clock.advance(5000)
      await attempt(opened, only(await claim(opened)), 'delivered', 'second')
      const delivery = await getDelivery(opened.db, { accountId: 1, deliveryNo: 1 })
      assert.equal(delivery.attempts, 2)
      assert.equal(delivery.state, 'delivered')
      const tries = await listAttempts(opened.db, delivery)
      assert.deepEqual(
        tries.map(({ attemptNo, outcome, durationMs }) => [attemptNo, outcome, durationMs]),
        [
          [1, 'first', 12],
          [2, 'second', 12],
        ],
      )
    })

    test('is ignored when it ends after another worker took over', async () => {
      await using opened = await openReview(kind)
      await accountWith(opened, 1)
      const slow = only(await claim(opened))
      await endLeases(opened.db, 'callback_delivery')
      const quick = only(await claim(opened))
      await attempt(opened, quick, 'delivered', 'quick')
      await attempt(opened, slow, 'failed', 'slow')
      const delivery = await getDelivery(opened.db, slow)
      assert.equal(delivery.state, 'delivered')
      assert.deepEqual(
        (await listAttempts(opened.db, delivery)).map(({ outcome }) => outcome),
        ['quick'],
      )
    })

    test('is ignored when it ends after a replay', async () => {
      await using opened = await openReview(kind)
      const { db, clock, review } = opened
      await accountWith(opened, 1)
      const late = only(await claim(opened))
      clock.advance(1000)
      await replayDelivery(review, late, 'staff:li')
      await attempt(opened, late, 'delivered', 'late')
      const delivery = await getDelivery(db, late)
      assert.equal(delivery.state, 'pending')
      assert.deepEqual(await listAttempts(db, delivery), [])
      assert.deepEqual(numbersOf(await claim(opened)), [1])
    })

    test('is ignored when it ends after a replay, even on a clock that stands still', async () => {
      await using opened = await openReview(kind)
      const { db, review } = opened
      await accountWith(opened, 1)
      const late = only(await claim(opened))
      await replayDelivery(review, late, 'staff:li')
      await attempt(opened, late, 'delivered', 'late')
      assert.equal((await getDelivery(db, late)).state, 'pending')
    })

    test('counts once when two end at once', async () => {
      await using opened = await openReview(kind)
      await accountWith(opened, 1)
      const delivery = only(await claim(opened))
      await Promise.all(['one', 'other'].map((outcome) => attempt(opened, delivery, 'pending', outcome)))
      assert.equal((await getDelivery(opened.db, delivery)).attempts, 1)
      assert.equal((await listAttempts(opened.db, delivery)).length, 1)
    })
  })

  describe(`listing deliveries on ${kind.name}`, () => {
    test('shows each delivery once, page by page, the newest first', async () => {
      await using opened = await openReview(kind)
      await accountWith(opened, 3)
      opened.clock.advance(1000)
      await accountWith(opened, 4)
      const pages: string[][] = []
      for (let last: ListedDelivery | undefined; ; ) {
        const { deliveries: page } = await listDeliveries(
          opened.db,
          {},
          2,
          last && { ...last, at: last.createdAt.getTime() },
        )
        if (page.length === 0) break
        pages.push(page.map(({ accountId, deliveryNo }) => `${accountId}-${deliveryNo}`))
        last = page.at(-1)
      }
      assert.deepEqual(pages, [['2-4', '2-3'], ['2-2', '2-1'], ['1-3', '1-2'], ['1-1']])
    })

    test('filters by account, application and state', async () => {
      await using opened = await openReview(kind)
      const one = await accountWith(opened, 2)
      await accountWith(opened, 2)
      const list = async (filter: DeliveryFilter) => (await listDeliveries(opened.db, filter, 10)).deliveries
      assert.equal((await list({ accountId: one })).length, 2)
      assert.deepEqual(numbersOf(await list({ accountId: one, applicationNo: 2 })), [2])
      assert.equal((await list({ state: 'pending' })).length, 4)
      assert.equal((await list({ state: 'failed' })).length, 0)
    })
  })
}
