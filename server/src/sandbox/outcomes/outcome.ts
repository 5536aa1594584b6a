import type { ApiOutcomeRuleBody } from '@shenpi/sdk/contract/api'
import type { OutcomeState, RuleMove } from '@shenpi/sdk/contract/states'
import type { ApplicationKey } from '../../applications/application-id.ts'
import type { Refusal } from '../../applications/scheduled-decision.ts'

/** When an outcome is given: at once, after a time of the account's clock, or after status queries. */
export type OutcomeTime =
  | { type: 'at_once' }
  | { type: 'after'; seconds: number }
  | { type: 'working_days'; days: number }
  /** So many queries answer that it is under review; the next one finds it decided. */
  | { type: 'polls'; polls: number }

/** What becomes of an application without anybody deciding it. */
export interface Outcome {
  /** `leave`: the staff decide it, whatever other rules say. */
  move: RuleMove
  /** For a rejection. */
  reason: string
  /** The fields that are to be mended, by the wire's names. */
  fields: readonly string[]
  when: OutcomeTime
}

/** What becomes of one application, and who says so: `rule:NAME`, `rule:text`, `rule:header`. */
export interface ChosenOutcome {
  actor: string
  outcome: Outcome
}

/** What was made of an application, or is still to be made of it. */
export interface GivenOutcome extends ApplicationKey, Omit<Outcome, 'when'> {
  state: OutcomeState
  actor: string
  /** Null where it does not wait for status queries. */
  pollsLeft: number | null
  /** By the account's time. */
  dueAt: Date
  refusal: Refusal | null
}

/** What a rule says. */
export function outcomeOf({ outcome, when = {} }: Pick<ApiOutcomeRuleBody, 'outcome' | 'when'>): Outcome {
  const { move, reason = '', fields = [] } = outcome
  return { move, reason, fields, when: timeOf(when) }
}

function timeOf({
  after_seconds: seconds,
  working_days: days,
  polls,
}: NonNullable<ApiOutcomeRuleBody['when']>): OutcomeTime {
  if (seconds !== undefined) return { type: 'after', seconds }
  if (days !== undefined) return { type: 'working_days', days }
  return polls === undefined ? { type: 'at_once' } : { type: 'polls', polls }
}
