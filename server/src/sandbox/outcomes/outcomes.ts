import type { Application } from '../../applications/application.ts'
import type { OutcomeRequest, PolledApplications, Review, ReviewOutcomes } from '../../applications/review.ts'
import type { AccountChange } from '../../journal/account-change.ts'
import { outcomeQueue } from './outcome.queue.ts'
import { listPolling } from './outcome.store.ts'
import { countHit } from './outcome-rule.store.ts'
import type { RuleBook } from './rule-book.ts'

/** What a sandbox was told to make of applications: by a header, by their texts, by rules. */
export class Outcomes implements ReviewOutcomes {
  readonly #rules: RuleBook
  readonly #request: OutcomeRequest | undefined

  /** @param request the one that submits or asks */
  constructor(rules: RuleBook, request?: OutcomeRequest) {
    this.#rules = rules
    this.#request = request
  }

  forRequest(request: OutcomeRequest): Outcomes {
    return new Outcomes(this.#rules, request)
  }

  async give(review: Review, account: AccountChange, application: Application): Promise<Application | undefined> {
    // Most starts of a sandbox need none of it.
    const { askedOutcome, chooseOutcome } = await import('./choose-outcome.ts')
    const asked = this.#request?.asked
    const chosen = asked === undefined ? await chooseOutcome(this.#rules, account, application) : askedOutcome(asked)
    if (!chosen) return undefined
    const { giveOutcome } = await import('./give-outcome.ts')
    const after = await giveOutcome(review, account, application, chosen)
    account.leave(outcomeQueue)
    if (chosen.rule) await countHit(account.trx, chosen.rule)
    this.#request?.onOutcome(chosen.actor)
    return after
  }

  async polled(review: Review, accountId: number, about: PolledApplications): Promise<void> {
    for (const polled of await listPolling(review.db, accountId, about)) {
      const { countPoll } = await import('./carry-out-outcome.ts')
      await countPoll(review, polled, this.#request?.onOutcome)
    }
  }
}
