import type { Review } from '../../applications/review.ts'
import { DECISION_QUEUE } from '../../applications/scheduled-decision.queue.ts'
import { defineQueue } from '../../jobs/queue.ts'
import { toOutcome } from './outcome.store.ts'

/** The outcomes of a sandbox that wait for their time. */
export const outcomeQueue = defineQueue({
  ...DECISION_QUEUE,
  name: 'outcomes',
  table: 'sandbox_outcome',
  toJob: toOutcome,
  run: async ({ review }: { review: Review }, job) => {
    const { carryOutOutcome } = await import('./carry-out-outcome.ts')
    await carryOutOutcome(review, job)
    return undefined
  },
})
