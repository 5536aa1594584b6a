import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountWith, attempt, claim, only } from '../../test/claim-deliveries.ts'
import { DATABASES } from '../../test/databases.ts'
import { openReview } from '../../test/open-review.ts'
import { problem } from '../../test/problem.ts'
import { saveCallbackSetting } from '../callbacks/callback-setting.store.ts'
import { getDelivery, listAttempts } from '../callbacks/delivery.store.ts'
import { replayDelivery } from './replay-delivery.ts'

for (const kind of DATABASES) {
  describe(`a replay on ${kind.name}`, () => {
    test('starts the schedule anew with the same message, and stands in the audit trail', async () => {
      await using opened = await openReview(kind)
      const { db, clock, review } = opened
      await accountWith(opened, 1)
      const before = only(await claim(opened))
      await attempt(opened, before, 'failed')
      clock.advance(60_000)
      const after = await replayDelivery(review, before, 'staff:li')
      assert.deepEqual(after, {
        ...before,
        state: 'pending',
        attempts: 0,
        startedAt: clock.now(),
        dueAt: clock.now(),
      })
      const entry = await db.selectFrom('audit_entry').selectAll().orderBy('entry_no', 'desc').executeTakeFirst()
      assert.equal(entry?.action, 'delivery.replay')
      assert.equal(entry?.application_no, 1)
      await attempt(opened, only(await claim(opened)), 'delivered')
      assert.deepEqual(
        (await listAttempts(db, before)).map(({ attemptNo }) => attemptNo),
        [1, 2],
      )
    })

    test('begins after a replay that began while it waited for the account', async () => {
      await using opened = await openReview(kind)
      const { db, review } = opened
      const accountId = await accountWith(opened, 1)
      const key = { accountId, deliveryNo: 1 }
      const runs = await Promise.all(['staff:li', 'staff:wu'].map((actor) => replayDelivery(review, key, actor)))
      assert.equal(new Set(runs.map(({ startedAt }) => startedAt.getTime())).size, 2)
      const last = Math.max(...runs.map(({ startedAt }) => startedAt.getTime()))
      assert.equal((await getDelivery(db, key)).startedAt.getTime(), last)
    })

    test('is refused for an unknown delivery, and for one without an address', async () => {
      await using opened = await openReview(kind)
      const { db, clock, review } = opened
      const accountId = await accountWith(opened, 1, '')
      const key = { accountId, deliveryNo: 1 }
      assert.equal((await getDelivery(db, key)).state, 'unaddressed')
      await assert.rejects(replayDelivery(review, key, 'staff:li'), problem('delivery.unaddressed'))
      await assert.rejects(
        replayDelivery(review, { accountId, deliveryNo: 2 }, 'staff:li'),
        problem('delivery.unknown'),
      )
      const how = { token: 'abc', encodingAesKey: '', mode: 'plain', format: 'xml' } as const
      await saveCallbackSetting(db, accountId, { url: 'https://example.com/', ...how, verifiedAt: clock.now() })
      assert.equal((await replayDelivery(review, key, 'staff:li')).state, 'pending')
    })

    test('is refused for a delivery of an unknown account', async () => {
      await using opened = await openReview(kind)
      await assert.rejects(replayDelivery(opened, { accountId: 99, deliveryNo: 1 }, 'cli'), problem('delivery.unknown'))
    })
  })
}
