import { findField } from '@shenpi/sdk/contract/kind-fields'
import type { Move } from '@shenpi/sdk/contract/states'
import type { Application, Decision } from '../../applications/application.ts'
import type { Review } from '../../applications/review.ts'
import { decideInStages } from '../../applications/review-stages.ts'
import type { AccountChange } from '../../journal/account-change.ts'
import { dueAt } from '../../time/working-days.ts'
import { insertOutcome } from './outcome.store.ts'
import type { ChosenOutcome, GivenOutcome, OutcomeTime } from './outcome.ts'

/** Give a new application its outcome, or keep it until its time comes. @returns the application as it stands now */
export async function giveOutcome(
  review: Review,
  account: AccountChange,
  application: Application,
  { actor, outcome }: ChosenOutcome,
): Promise<Application> {
  const { accountId, applicationNo, appliedAt: at } = application
  const { move, reason, when } = outcome
  const fields = outcome.fields.filter((name) => findField(application.kind, name))
  const given: GivenOutcome = {
    ...{ accountId, applicationNo, actor, move, reason, fields, refusal: null },
    state: move === 'leave' ? 'left' : STATE_OF[when.type],
    pollsLeft: when.type === 'polls' ? when.polls : null,
    dueAt: dueTime(review, at, when),
  }
  await insertOutcome(account.trx, given)
  if (move !== 'leave' && when.type === 'at_once') {
    return await decideBy(review, account, application, { ...given, move }, at)
  }
  const until = given.state === 'waiting' ? { until: given.dueAt.toISOString() } : {}
  const polls = given.state === 'polling' ? { polls: given.pollsLeft } : {}
  const detail = { move, reason, fields, ...until, ...polls }
  account.append({ at, actor, action: 'application.outcome', applicationNo, detail })
  return application
}

const STATE_OF = { at_once: 'effective', after: 'waiting', working_days: 'waiting', polls: 'polling' } as const

function dueTime({ calendar }: Review, at: Date, when: OutcomeTime): Date {
  if (when.type === 'after') return new Date(at.getTime() + when.seconds * 1000)
  return when.type === 'working_days' ? dueAt(at, when.days, calendar()) : at
}

/** A decision that something other than a person or a key makes. */
type Decided = Pick<GivenOutcome, 'actor' | 'reason' | 'fields'> & { move: Move }

/**
 * Decide as an outcome says: a second opinion may be needed and a sample drawn, as where a key decides. Somebody who has
 * claimed it meanwhile is passed over, which the trail tells.
 */
export function decideBy(
  review: Review,
  account: AccountChange,
  before: Application,
  { actor, move, reason, fields }: Decided,
  at: Date,
): Promise<Application> {
  const decision: Decision = { move, reason, fields, actor, actorKey: actor, at, override: before.claim !== null }
  return decideInStages(review, account, before, decision, false)
}
