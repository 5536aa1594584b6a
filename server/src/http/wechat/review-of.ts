import type { FastifyRequest } from 'fastify'
import type { Review } from '../../applications/review.ts'

/** The header by which a request says what becomes of what it submits: `OUTCOME_HEADER` of the contract. */
const OUTCOME_HEADER = 'x-shenpi-outcome'

/** What a request submits an application by: in a sandbox its header says what becomes of it. */
export function reviewOf(review: Review, { headers }: Pick<FastifyRequest, 'headers'>): Review {
  const words = review.outcomes && headers[OUTCOME_HEADER]
  return review.outcomes && typeof words === 'string' ? { ...review, outcomes: review.outcomes.asked(words) } : review
}
