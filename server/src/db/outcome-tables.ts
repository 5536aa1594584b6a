import type { OutcomeState, RuleMove } from '@shenpi/sdk/contract/states'
import type { Fixed, Json, Time } from './columns.ts'

/** The tables of a sandbox's rules, and of what they make of applications. */
export interface OutcomeTables {
  /** Of accounts, and of all of them together as account 0. */
  sandbox_outcome_rule: {
    account_id: number
    name: string
    position: number
    /** JSON: what it matches, what becomes of that, and when. */
    rule: Json
    hits: number
  }
  /** What a rule, a text or a header has made of an application, or will make of it. */
  sandbox_outcome: {
    account_id: number
    application_no: Fixed<number>
    state: OutcomeState
    actor: Fixed<string>
    move: Fixed<RuleMove>
    reason: Fixed<string>
    /** JSON array of the fields that a rejection names. */
    fields: Fixed<Json>
    /** So many more status queries find it under review; null where it does not wait for them. */
    polls_left: number | null
    /** JSON: why it had no effect. */
    refusal: Json | null
    attempts: number
    due_at: Time
    leased_until: Time
  }
}
