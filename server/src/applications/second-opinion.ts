import type { DecisionResult } from '@shenpi/sdk/contract/states'
import { Problem } from '../problem.ts'
import type { Application, Decision, Opinion } from './application.ts'
import type { ReviewPolicy } from './review-policy.ts'

/** The number in a field of an application, or undefined where there is none. */
type NumberIn = (application: Pick<Application, 'kind' | 'payload'>, field: string) => number | undefined

/** Whether a policy asks for the approval of two. */
export function needsTwo(
  policy: ReviewPolicy,
  application: Pick<Application, 'kind' | 'payload'>,
  numberIn: NumberIn,
): boolean {
  return policy.secondOpinion.some(({ kind, when }) => {
    if (kind !== application.kind) return false
    return !when || (numberIn(application, when.field) ?? 0) > when.above
  })
}

/** What tells the actor of a decision from every other: two names may be the same. */
export const actorKeyOf = ({ actorKey, actor }: Pick<Decision, 'actorKey' | 'actor'>): string => actorKey ?? actor

/**
 * What a decision comes to. A rejection needs one person only, whoever has approved before.
 *
 * @param two whether the policy asks for two
 * @throws Problem `opinion.same_actor`
 */
export function resultOf(decision: Decision, opinions: readonly Opinion[], two: boolean): DecisionResult {
  if (decision.move === 'reject' || !two) return 'outcome'
  const key = actorKeyOf(decision)
  if (opinions.some(({ actorKey }) => actorKey === key)) throw new Problem('opinion.same_actor')
  return opinions.length === 0 ? 'second_opinion' : 'outcome'
}
