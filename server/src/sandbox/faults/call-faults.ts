import type { FaultPlace } from '@shenpi/sdk/contract/states'
import { EVERY_ACCOUNT, type Fault, type FaultRule } from './fault.ts'
import type { FaultRules, Strike } from './fault-rules.ts'

/** What an answer says of itself that the header of its request made. */
const BY_HEADER = 'header'

/** The faults that one call may meet on its way: the one that it asks for itself, and those of the rules. */
export class CallFaults {
  readonly #rules: FaultRules
  readonly #path: string
  readonly #asked: Fault | undefined

  /** @param asked by its header */
  constructor(rules: FaultRules, path: string, asked: Fault | undefined) {
    this.#rules = rules
    this.#path = path
    this.#asked = asked
  }

  /**
   * What strikes the call now that it has come to a place.
   *
   * @param accountId undefined: nobody knows whose it is
   * @param canStrike whether there is room for an effect
   */
  take(
    where: FaultPlace,
    accountId: number | undefined,
    canStrike: (rule: Pick<FaultRule, 'effect'>) => boolean,
  ): Strike[] {
    const asked = this.#asked?.where === where && canStrike(this.#asked) ? this.#asked : undefined
    const first = asked
      ? [this.#rules.strikeOf(asked, { injectedBy: BY_HEADER, accountId: accountId ?? EVERY_ACCOUNT })]
      : []
    if (asked && asked.effect.type !== 'delay') return first
    return [...first, ...this.#rules.take(accountId, { where, path: this.#path }, canStrike)]
  }
}
