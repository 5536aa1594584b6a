import type { Application } from '../../applications/application.ts'
import type { ApplicationKey } from '../../applications/application-id.ts'
import { refusalIn } from '../../applications/carry-out-decision.ts'
import { changeByDecision } from '../../applications/decide-within.ts'
import type { OutcomeRequest, Review } from '../../applications/review.ts'
import { findScheduledDecision } from '../../applications/scheduled-decision.store.ts'
import type { Refusal } from '../../applications/scheduled-decision.ts'
import type { AccountChange } from '../../journal/account-change.ts'
import { changeAccount } from '../../journal/change-account.ts'
import { decideBy } from './give-outcome.ts'
import { countDownPolls, endOutcome, findOutcome, postponeOutcome } from './outcome.store.ts'
import type { GivenOutcome } from './outcome.ts'

/** How long an outcome that is due waits behind a decision of the staff that is due as well. Unit: milliseconds. */
const BEHIND_MS = 1

/** Give an outcome that is due. What refuses it now leaves the application to the staff; a fault is tried again. */
export const carryOutOutcome = (review: Review, job: GivenOutcome): Promise<void> =>
  carryOut(review, job, async (account, before, outcome) => {
    // It may have been given, or put off, while it waited for the account.
    if (outcome.state !== 'waiting' || outcome.dueAt.getTime() > review.clock.due(job.accountId)) return before
    const scheduled = before.stage === 'scheduled' ? await findScheduledDecision(account.trx, job) : undefined
    if (!scheduled) return await give(review, account, before, outcome)
    // Somebody was faster, who may take it back yet.
    const behind = Math.max(scheduled.dueAt.getTime(), review.clock.due(job.accountId)) + BEHIND_MS
    await postponeOutcome(account.trx, job, new Date(behind))
    return before
  })

/**
 * A status query about an application: the one behind the last that an outcome waits for finds it given.
 *
 * @param onOutcome told who gave it
 */
export const countPoll = (
  review: Review,
  key: ApplicationKey,
  onOutcome: OutcomeRequest['onOutcome'] = () => {},
): Promise<void> =>
  carryOut(review, key, async (account, before, outcome) => {
    if (outcome.state !== 'polling') return before
    if (outcome.pollsLeft) await countDownPolls(account.trx, key)
    else if (before.stage !== 'scheduled') {
      const after = await give(review, account, before, outcome)
      onOutcome(outcome.actor)
      return after
    }
    return before
  })

type Work = (account: AccountChange, before: Application, outcome: GivenOutcome) => Promise<Application>

async function carryOut(review: Review, key: ApplicationKey, work: Work): Promise<void> {
  try {
    await changeByDecision(review, key, { move: 'approve' }, async (account, { pictures: _, ...before }) => {
      const outcome = await findOutcome(account.trx, key)
      return outcome ? await work(account, before, outcome) : before
    })
  } catch (error) {
    const refusal = refusalIn(error)
    if (!refusal) throw error
    await refuse(review, key, refusal)
  }
}

async function give(
  review: Review,
  account: AccountChange,
  before: Application,
  { move, ...outcome }: GivenOutcome,
): Promise<Application> {
  if (before.state !== 'under_review' || move === 'leave') {
    await endOutcome(account.trx, before, 'overtaken')
    return before
  }
  await endOutcome(account.trx, before, 'effective')
  return await decideBy(review, account, before, { ...outcome, move }, review.clock.now(account.accountId))
}

async function refuse(
  { db, clock }: Review,
  { accountId, applicationNo }: ApplicationKey,
  refusal: Refusal,
): Promise<void> {
  await changeAccount(db, accountId, async (account) => {
    const outcome = await findOutcome(account.trx, { accountId, applicationNo })
    if (outcome?.state !== 'waiting' && outcome?.state !== 'polling') return
    await endOutcome(account.trx, outcome, 'refused', refusal)
    const { actor, move } = outcome
    const detail = { move, refusal }
    account.append({ at: clock.now(accountId), actor, action: 'application.decision_refused', applicationNo, detail })
  })
}
