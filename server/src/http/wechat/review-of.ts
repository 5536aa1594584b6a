import type { FastifyRequest } from 'fastify'
import type { Review } from '../../applications/review.ts'

/** The header by which a request says what becomes of what it submits: `OUTCOME_HEADER` of the contract. */
const OUTCOME_HEADER = 'x-shenpi-outcome'

/** What a request submits an application by, or asks about one: in a sandbox its header says what becomes of it. */
export function reviewOf(review: Review, request: FastifyRequest): Review {
  if (!review.outcomes) return review
  const words = request.headers[OUTCOME_HEADER]
  const outcomes = review.outcomes.forRequest({
    asked: typeof words === 'string' ? words : undefined,
    onOutcome: (by) => {
      request.outcomeBy = by
    },
  })
  return { ...review, outcomes }
}
