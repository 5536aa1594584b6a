import type { Application, Opinion } from './application.ts'
import type { ApplicationKey } from './application-id.ts'
import { type ApplicationInFull, getApplicationInFull } from './application-picture.store.ts'
import { findClaim } from './claim.store.ts'
import { listOpinions } from './opinion.store.ts'
import type { Review } from './review.ts'
import { numberIn } from './review-stages.ts'
import { findScheduledDecision } from './scheduled-decision.store.ts'
import type { ScheduledDecision } from './scheduled-decision.ts'
import { needsTwo } from './second-opinion.ts'

/** An application with all that stands between it and its outcome. */
export interface ReviewInFull {
  application: ApplicationInFull
  /** Whether the policy asks for the approval of two. */
  isForTwo: boolean
  opinions: readonly Opinion[]
  scheduled: ScheduledDecision | undefined
}

/** @throws Problem `application.unknown` */
export async function readReview(review: Review, key: ApplicationKey): Promise<ReviewInFull> {
  return await completeReview(review, await getApplicationInFull(review.db, key))
}

/** The same for an application that was read already. */
export async function completeReview(review: Review, application: ApplicationInFull): Promise<ReviewInFull> {
  const { db, clock, policy } = review
  const [claim, opinions, scheduled] = await Promise.all([
    application.claim && findClaim(db, application, clock.machine()),
    mayHaveOpinions(application) ? listOpinions(db, application) : [],
    // Nothing waits any more where there is an outcome.
    isOpen(application) ? findScheduledDecision(db, application) : undefined,
  ])
  const isForTwo = isOpen(application) && needsTwo(policy(), application, numberIn)
  return { application: { ...application, claim }, isForTwo, opinions, scheduled }
}

/** Each opinion raises the version, as the outcome does: most decisions by a key ask for none. */
const mayHaveOpinions = (application: Application) => application.version > (isOpen(application) ? 1 : 2)

const isOpen = ({ state }: Application) => state === 'under_review'
