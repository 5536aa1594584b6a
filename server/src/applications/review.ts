import type { KindName } from '@shenpi/sdk/contract/states'
import type { Database } from '../db/open.ts'
import type { Entropy } from '../entropy/entropy.ts'
import type { AccountChange } from '../journal/account-change.ts'
import type { Clock } from '../time/clock.ts'
import type { Calendar } from '../time/working-days.ts'
import type { Application } from './application.ts'
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
  /** In a sandbox alone. */
  outcomes?: ReviewOutcomes | undefined
}

/** What decides applications, or leaves them alone, as a sandbox was told to. */
export interface ReviewOutcomes {
  /**
   * Give a new application its outcome within the change that submits it, or keep what becomes of it later.
   *
   * @returns the application as it stands now; undefined: nothing is said of it
   * @throws Problem `outcome.malformed`
   */
  give(review: Review, account: AccountChange, application: Application): Promise<Application | undefined>
  /** The same, for one request: what it asks for comes first, and it is told which outcome it brought about. */
  forRequest(request: OutcomeRequest): ReviewOutcomes
  /** A merchant asks how applications stand: an outcome that waited for that is given before the answer. */
  polled(review: Review, accountId: number, about: PolledApplications): Promise<void>
}

export interface OutcomeRequest {
  /** The words of its header. */
  asked?: string | undefined
  /** @param by `rule:NAME`, `rule:text`, `rule:header` */
  onOutcome: (by: string) => void
}

/** The applications about whose state a query asks. */
export interface PolledApplications {
  kinds: readonly KindName[]
  /** Only this one. */
  applicationNo?: number
  /** Only those about one of these. */
  subjects?: readonly string[]
}
