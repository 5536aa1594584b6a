import type { ApiOutcomeRule } from '@shenpi/sdk/contract/api'
import { useText } from '../../text/use-text.ts'
import { useSandboxText } from './use-sandbox-text.ts'

/** What a rule of outcomes does, in a few words: of what, which move, when. */
export function useRuleWords(): (rule: ApiOutcomeRule) => string[] {
  const { rules: text } = useSandboxText()
  const { states } = useText()
  return ({ match, outcome, when }) => [
    (match.kinds ?? []).map((kind) => states.kinds[kind]).join(' / ') || text.anyKind,
    ...(match.try === undefined ? [] : [text.tried(match.try)]),
    ...(match.fields ?? []).map(({ path }) => path),
    outcome.reason ? text.because(text.moves[outcome.move], outcome.reason) : text.moves[outcome.move],
    momentOf(when),
  ]

  function momentOf({ after_seconds, working_days, polls }: ApiOutcomeRule['when']): string {
    if (after_seconds !== undefined) return text.afterSeconds(after_seconds)
    if (working_days !== undefined) return text.workingDays(working_days)
    return polls === undefined ? text.atOnce : text.polls(polls)
  }
}
