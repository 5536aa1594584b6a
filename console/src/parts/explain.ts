import { ApiProblem, UnansweredError } from '@shenpi/sdk/client'
import { useText } from '../text/use-text.ts'

/** Says in the chosen language why something failed. */
export function useExplain(): (error: unknown) => string {
  const { failure, problems } = useText()
  return (error) => {
    if (error instanceof ApiProblem) return problems[error.code] ?? error.message
    return error instanceof UnansweredError ? failure.unanswered : failure.unknown
  }
}
