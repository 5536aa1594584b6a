import type { Review } from '../../applications/review.ts'
import { defineQueue } from '../../jobs/queue.ts'
import { toOutcome } from './outcome.store.ts'

/** The outcomes of a sandbox that wait for their time. */
export const outcomeQueue = defineQueue({
  name: 'outcomes',
  table: 'sandbox_outcome',
  key: { application_no: 'number' },
  waiting: 'waiting',
  // They wait for the account's lock, one behind another.
  share: 2,
  places: { total: 32, slow: 16, perSlowAccount: 1 },
  // Longer than a change waits for its permit.
  leaseMs: 30_000,
  retryGapsMs: [],
  toJob: toOutcome,
  run: async ({ review }: { review: Review }, job) => {
    const { carryOutOutcome } = await import('./carry-out-outcome.ts')
    await carryOutOutcome(review, job)
    return undefined
  },
})
