import type { AccountChange } from '../journal/account-change.ts'
import { changeAccount } from '../journal/change-account.ts'
import { getApplication, saveDecision } from './application.store.ts'
import { type Application, type Decision, decide } from './application.ts'
import type { ApplicationKey } from './application-id.ts'
import type { Review } from './review.ts'

/**
 * Decide an application: the only way to an outcome. Outcome, effect, entry of the trail and delivery commit together, or
 * not at all.
 *
 * @throws Problem `application.unknown`, and what {@link decide} and the kind's approval refuse.
 */
export async function decideApplication(
  review: Review,
  key: ApplicationKey,
  decision: Omit<Decision, 'at'>,
): Promise<Application> {
  const at = review.clock.now()
  // Looked up first: an account that does not exist has no journal to lock.
  await getApplication(review.db, key)
  const application = await changeAccount(review.db, key.accountId, async (account) => {
    const before = await getApplication(account.trx, key)
    return await decideWithin(review, account, before, { ...decision, at })
  })
  review.kinds[application.kind].committed?.(application)
  review.onChange(key.accountId)
  return application
}

/** The same within a change of the account that is under way: for an application screened at once. */
export async function decideWithin(
  review: Review,
  account: AccountChange,
  before: Application,
  decision: Decision,
): Promise<Application> {
  const kind = review.kinds[before.kind]
  const after = decide(before, decision)
  account.write(saveDecision(account.trx, before, after))
  if (after.state === 'approved') await kind.approve(account.trx, after)
  else await kind.reject?.(account.trx, after)
  const { applicationNo, version } = after
  const { at, actor, move, reason } = decision
  const event = kind.announce?.(after)
  const deliveryNo = event && account.promise({ applicationNo, ...event, at, dueAt: new Date(review.clock.machine()) })
  const detail = { reason, version, ...(deliveryNo ? { delivery_no: deliveryNo } : {}) }
  account.append({ at, actor, action: `application.${move}`, applicationNo, detail })
  return after
}
