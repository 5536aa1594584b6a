import type { Database } from '../db/open.ts'
import type { Entropy } from '../entropy/entropy.ts'
import type { Clock } from '../time/clock.ts'
import type { Calendar } from '../time/working-days.ts'
import type { ApplicationKinds } from './application-kind.ts'
import type { UnreadablePayload } from './payload.ts'
import type { ReviewPolicy } from './review-policy.ts'

/** What submitting and deciding need. */
export interface Review {
  db: Database
  clock: Clock
  entropy: Entropy
  kinds: ApplicationKinds
  /** As it is now. */
  policy: () => ReviewPolicy
  /** The official holidays that are known now. */
  calendar: () => Calendar
  /** Told of an application that a list shows although its payload cannot be read. */
  onUnreadable: (error: UnreadablePayload) => void
}
