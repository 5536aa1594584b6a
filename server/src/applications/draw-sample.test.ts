import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DATABASES } from '../../test/databases.ts'
import { aBatchOf } from '../../test/factories.ts'
import { openReview } from '../../test/open-review.ts'
import { decideApplication } from './decide-application.ts'
import { shareOf } from './draw-sample.ts'
import { DEFAULT_REVIEW_POLICY } from './review-policy.ts'
import { findSample } from './sample.store.ts'
import { submitApplication } from './submit-application.ts'

const RULES = [
  { percent: 5 },
  { percent: 20, kind: 'store' },
  { percent: 50, reviewer: 'staff:1' },
  { percent: 80, kind: 'device_batch', reviewer: 'staff:1' },
] as const

describe('the share of decisions that is reviewed a second time', () => {
  for (const [kind, reviewer, percent] of [
    ['device_batch', 'staff:2', 5],
    ['store', 'staff:2', 20],
    ['store', 'staff:1', 50],
    ['device_batch', 'staff:1', 80],
  ] as const) {
    test(`is ${percent} for ${kind} by ${reviewer}: the largest of the rules that fit`, () => {
      assert.equal(shareOf({ ...DEFAULT_REVIEW_POLICY, samples: RULES }, { kind }, reviewer), percent)
    })
  }

  test('is none without a rule that fits', () => {
    const samples = [{ percent: 100, kind: 'store' as const }]
    assert.equal(shareOf({ ...DEFAULT_REVIEW_POLICY, samples }, { kind: 'device_batch' }, 'staff:1'), 0)
  })
})

for (const kind of DATABASES) {
  test(`a sample of an approval by two is for neither of them, on ${kind.name}`, async () => {
    await using opened = await openReview(kind)
    const { db, review, newAccount, setPolicy } = opened
    setPolicy({ secondOpinion: [{ kind: 'device_batch' }], samples: [{ percent: 100 }] })
    const submitted = await submitApplication(review, aBatchOf(await newAccount(), 6000))
    for (const actorKey of ['staff:1', 'staff:2']) {
      await decideApplication(review, submitted, { move: 'approve', reason: '', actor: actorKey, actorKey })
    }
    assert.deepEqual((await findSample(db, submitted))?.deciderKeys, ['staff:1', 'staff:2'])
  })
}
