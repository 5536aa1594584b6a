import { ApiProblem } from '@shenpi/sdk/client'
import { isObject } from '@shenpi/sdk/contract/is-object'
import { APPLICATION_STATES } from '@shenpi/sdk/contract/states'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'

/** Tells whoever decided too late who was earlier, what they decided and when; nothing of any other refusal. */
export function useStale(): (error: unknown) => string | undefined {
  const { stale } = useText().application
  const dates = useDates()
  return (error) => {
    const told = error instanceof ApiProblem ? error.members.application : undefined
    if (!isObject(told)) return undefined
    const { decided_by: by, decided_at: at, state, opinion } = told
    const ended = APPLICATION_STATES.find((each) => each === state)
    if (typeof by === 'string' && typeof at === 'string' && ended && ended !== 'under_review')
      return stale[ended](by, dates.short(at))
    if (isObject(opinion) && typeof opinion.by === 'string' && typeof opinion.at === 'string')
      return stale.opinion(opinion.by, dates.short(opinion.at))
    return undefined
  }
}
