import { defineQueue } from '../jobs/queue.ts'
import { DECISION_QUEUE } from './decision-queue.ts'
import type { Review } from './review.ts'
import { toScheduledDecision } from './scheduled-decision.store.ts'

/** The decisions that wait to take effect. */
export const scheduledDecisionQueue = defineQueue({
  ...DECISION_QUEUE,
  name: 'scheduled_decisions',
  table: 'scheduled_decision',
  toJob: toScheduledDecision,
  run: async ({ review }: { review: Review }, job) => {
    // At the first that is due: until then nobody needs it.
    const { carryOutDecision } = await import('./carry-out-decision.ts')
    await carryOutDecision(review, job)
    return undefined
  },
})
