import type { Application } from '../applications/application.ts'
import type { Review } from '../applications/review.ts'
import { submitApplication } from '../applications/submit-application.ts'
import type { Clock } from '../time/clock.ts'

/**
 * Submit an application as if it were an earlier time: by the same door as every other, with another clock. It is due as
 * early as it would have been.
 */
export function submitEarlier(
  review: Review,
  submitted: Parameters<typeof submitApplication>[1],
  appliedAt: Date,
): Promise<Application> {
  const { clock: present } = review
  const clock: Clock = {
    now: () => appliedAt,
    installation: () => present.installation(),
    due: (accountId) => present.due(accountId),
    machine: () => present.machine(),
    isMoved: true,
  }
  return submitApplication({ ...review, clock }, submitted)
}
