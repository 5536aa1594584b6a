import { defineQueue } from '../jobs/queue.ts'
import type { Review } from './review.ts'
import { toScheduledDecision } from './scheduled-decision.store.ts'

/** What the queues have in common whose jobs decide an application: each waits for its account's lock, behind the one before. */
export const DECISION_QUEUE = {
  key: { application_no: 'number' },
  waiting: 'waiting',
  share: 2,
  places: { total: 32, slow: 16, perSlowAccount: 1 },
  // Longer than a change waits for its permit.
  leaseMs: 30_000,
  retryGapsMs: [],
} as const

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
