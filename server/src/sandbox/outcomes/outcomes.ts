import type { Application } from '../../applications/application.ts'
import type { PolledApplications, Review, ReviewOutcomes } from '../../applications/review.ts'
import type { AccountChange } from '../../journal/account-change.ts'
import { Problem } from '../../problem.ts'
import { chooseOutcome } from './choose-outcome.ts'
import { readOutcome } from './magic-text.ts'
import { outcomeQueue } from './outcome.queue.ts'
import { listPolling } from './outcome.store.ts'
import type { Outcome } from './outcome.ts'
import { countHit } from './outcome-rule.store.ts'
import type { RuleBook } from './rule-book.ts'

/** What a sandbox was told to make of applications: by a header, by their texts, by rules. */
export class Outcomes implements ReviewOutcomes {
  readonly #rules: RuleBook
  readonly #asked: Outcome | undefined

  /** @param asked by the one request that submits */
  constructor(rules: RuleBook, asked?: Outcome) {
    this.#rules = rules
    this.#asked = asked
  }

  asked(words: string): Outcomes {
    const text = toText(words)
    const outcome = readOutcome(text)
    if (!outcome) throw new Problem('outcome.malformed', `${text}: [approve], [reject:REASON] or [hold].`)
    return new Outcomes(this.#rules, outcome)
  }

  async give(review: Review, account: AccountChange, application: Application): Promise<Application | undefined> {
    const chosen = this.#asked
      ? { actor: 'rule:header', outcome: this.#asked }
      : await chooseOutcome(this.#rules, account, application)
    if (!chosen) return undefined
    const { giveOutcome } = await import('./give-outcome.ts')
    const after = await giveOutcome(review, account, application, chosen)
    account.leave(outcomeQueue)
    if (chosen.rule) await countHit(account.trx, chosen.rule)
    return after
  }

  async polled(review: Review, accountId: number, about: PolledApplications): Promise<void> {
    const { kinds, applicationNo, subjects } = about
    for (const polled of await listPolling(review.db, accountId)) {
      if (!kinds.includes(polled.kind)) continue
      if (applicationNo !== undefined && polled.applicationNo !== applicationNo) continue
      if (subjects && !subjects.includes(polled.subject)) continue
      const { countPoll } = await import('./carry-out-outcome.ts')
      await countPoll(review, polled)
    }
  }
}

/** A header holds bytes: those of UTF-8, or its characters in percents, for clients that send none but ASCII. */
function toText(header: string): string {
  const text = Buffer.from(header, 'latin1').toString()
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
