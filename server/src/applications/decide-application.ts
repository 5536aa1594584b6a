import type { Application, Decision } from './application.ts'
import type { ApplicationKey } from './application-id.ts'
import type { ApplicationInFull } from './application-picture.store.ts'
import { changeByDecision, decideNow } from './decide-within.ts'
import type { Review } from './review.ts'

/** A decision as it is asked for. */
export interface AskedDecision extends Omit<Decision, 'at'> {
  /** It can be taken back for as long as the policy says: always, when a person decides. */
  delay?: boolean
}

/**
 * Decide an application: the only way to an outcome. Outcome, effect, entry of the trail and delivery commit together, or
 * not at all. An approval that needs another one is kept instead, and a decision that can be taken back waits.
 *
 * @throws Problem `application.unknown`, and what `decide`, the stages of a review and the kind's approval refuse.
 * @throws UnreadablePayload when an application is to be approved whose payload cannot be read.
 */
export async function decideApplication(
  review: Review,
  key: ApplicationKey,
  { delay = false, ...asked }: AskedDecision,
): Promise<ApplicationInFull> {
  const decision = { ...asked, at: review.clock.now(key.accountId) }
  // Before the account is locked.
  if (delay) await loadStages()
  return await changeByDecision(review, key, decision, async (account, { pictures, ...before }) => {
    const after = isPlain(review, before, decision, delay)
      ? await decideNow(review, account, before, decision)
      : await (await loadStages()).decideInStages(review, account, before, decision, delay)
    return { ...after, pictures }
  })
}

/** What only some decisions need is loaded by the first of them. */
const loadStages = () => import('./review-stages.ts')

/** Whether nothing can stand between a decision and its outcome: most decisions by a key. */
function isPlain({ policy }: Review, before: Application, { fields = [] }: Decision, delay: boolean): boolean {
  if (delay || before.stage !== 'open' || before.claim || fields.length > 0) return false
  return !policy().secondOpinion.some(({ kind }) => kind === before.kind)
}
