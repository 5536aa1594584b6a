import type { Application } from '../../applications/application.ts'
import type { PolledApplications, Review, ReviewOutcomes } from '../../applications/review.ts'
import type { AccountChange } from '../../journal/account-change.ts'
import { outcomeQueue } from './outcome.queue.ts'
import { listPolling } from './outcome.store.ts'
import { countHit } from './outcome-rule.store.ts'
import type { RuleBook } from './rule-book.ts'

/** What a sandbox was told to make of applications: by a header, by their texts, by rules. */
export class Outcomes implements ReviewOutcomes {
  readonly #rules: RuleBook
  readonly #asked: string | undefined

  /** @param asked by the one request that submits */
  constructor(rules: RuleBook, asked?: string) {
    this.#rules = rules
    this.#asked = asked
  }

  asked(words: string): Outcomes {
    return new Outcomes(this.#rules, words)
  }

  async give(review: Review, account: AccountChange, application: Application): Promise<Application | undefined> {
    // Most starts of a sandbox need none of it.
    const { askedOutcome, chooseOutcome } = await import('./choose-outcome.ts')
    const chosen =
      this.#asked === undefined ? await chooseOutcome(this.#rules, account, application) : askedOutcome(this.#asked)
    if (!chosen) return undefined
    const { giveOutcome } = await import('./give-outcome.ts')
    const after = await giveOutcome(review, account, application, chosen)
    account.leave(outcomeQueue)
    if (chosen.rule) await countHit(account.trx, chosen.rule)
    return after
  }

  async polled(review: Review, accountId: number, about: PolledApplications): Promise<void> {
    for (const polled of await listPolling(review.db, accountId, about)) {
      const { countPoll } = await import('./carry-out-outcome.ts')
      await countPoll(review, polled)
    }
  }
}
