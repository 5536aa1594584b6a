import { ApiProblem, UnansweredError } from '@shenpi/sdk/client'
import { isProblemCode } from '@shenpi/sdk/contract/problems'
import { useText } from '../text/use-text.ts'

/** Says in the chosen language why something failed. */
export function useExplain(): (error: unknown) => string {
  const { failure } = useText()
  const textOf = useRefusalText()
  return (error) => {
    if (error instanceof ApiProblem) return textOf({ code: error.code, title: error.message })
    return error instanceof UnansweredError ? failure.unanswered : failure.unknown
  }
}

/** The text of a refusal in the chosen language; the server's own where it has a code that is new to this page. */
export function useRefusalText(): (refusal: { code: string; title: string }) => string {
  const { problems } = useText()
  return ({ code, title }) => (isProblemCode(code) && problems[code]) || title
}
