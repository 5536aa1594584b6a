import type { ApiOutcome, ApiOutcomeRule } from '@shenpi/sdk/contract/api'
import { toApplicationId } from '../../applications/application-id.ts'
import type { GivenOutcome } from '../../sandbox/outcomes/outcome.ts'
import type { OutcomeRule } from '../../sandbox/outcomes/outcome-rule.ts'

export function toOutcomeRule({ name, position, match = {}, outcome, when = {}, hits }: OutcomeRule): ApiOutcomeRule {
  return { name, position, match, outcome, when, hits }
}

export function toOutcome(given: GivenOutcome): ApiOutcome {
  const { state, actor: by, move, reason, fields, pollsLeft, dueAt, refusal } = given
  return {
    application: toApplicationId(given),
    state,
    by,
    move,
    reason,
    fields: [...fields],
    due_at: state === 'waiting' ? dueAt.toISOString() : null,
    polls_left: state === 'polling' ? pollsLeft : null,
    refusal,
  }
}
