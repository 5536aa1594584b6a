import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DATABASES } from '../../test/databases.ts'
import { openReview } from '../../test/open-review.ts'
import { problem } from '../../test/problem.ts'
import { replayDelivery } from './replay-delivery.ts'

for (const kind of DATABASES) {
  test(`replaying an unknown delivery on ${kind.name} is refused, also of an unknown account`, async () => {
    await using opened = await openReview(kind)
    const accountId = await opened.newAccount()
    for (const key of [
      { accountId, deliveryNo: 1 },
      { accountId: 99, deliveryNo: 1 },
    ]) {
      await assert.rejects(replayDelivery(opened, key, 'cli'), problem('delivery.unknown'))
    }
  })
}
