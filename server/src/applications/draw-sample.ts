import { drawShare } from '../entropy/entropy.ts'
import type { AccountChange } from '../journal/account-change.ts'
import type { Application, Decision, Opinion } from './application.ts'
import type { Review } from './review.ts'
import type { ReviewPolicy } from './review-policy.ts'
import { insertSample } from './sample.store.ts'
import { actorKeyOf } from './second-opinion.ts'

/** Which share of a reviewer's decisions is reviewed a second time. Unit: percent. */
export function shareOf({ samples }: ReviewPolicy, { kind }: Pick<Application, 'kind'>, reviewerKey: string): number {
  const fitting = samples.filter(
    (rule) => (rule.kind ?? kind) === kind && (rule.reviewer ?? reviewerKey) === reviewerKey,
  )
  return Math.max(0, ...fitting.map(({ percent }) => percent))
}

/** Draw a decision for a second review, or not: by chance, so that nobody knows beforehand. */
export async function drawSample(
  review: Review,
  account: AccountChange,
  { accountId, applicationNo, kind }: Application,
  decision: Decision,
  opinions: readonly Opinion[],
): Promise<void> {
  const key = actorKeyOf(decision)
  const { move, template, at: drawnAt } = decision
  if (drawShare(review.entropy, accountId, 'sample') * 100 >= shareOf(review.policy(), { kind }, key)) return
  const deciderKeys = [...opinions.map(({ actorKey }) => actorKey), key]
  const reasonNo = template?.reasonNo ?? null
  await insertSample(account.trx, {
    accountId,
    applicationNo,
    kind,
    move,
    reasonNo,
    deciderKeys,
    drawnAt,
    answer: null,
  })
}
