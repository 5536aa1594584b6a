import { defineQueue } from '../jobs/queue.ts'
import type { Review } from './review.ts'
import { toScheduledDecision } from './scheduled-decision.store.ts'

/** The decisions that wait to take effect. */
export const scheduledDecisionQueue = defineQueue({
  name: 'scheduled_decisions',
  table: 'scheduled_decision',
  key: { application_no: 'number' },
  waiting: 'waiting',
  // They wait for the account's lock, one behind another.
  share: 2,
  places: { total: 32, slow: 16, perSlowAccount: 1 },
  // Longer than a change waits for its permit.
  leaseMs: 30_000,
  retryGapsMs: [],
  toJob: toScheduledDecision,
  run: async ({ review }: { review: Review }, job) => {
    // At the first that is due: until then nobody needs it.
    const { carryOutDecision } = await import('./carry-out-decision.ts')
    await carryOutDecision(review, job)
    return undefined
  },
})
