import type { AccountChange } from '../journal/account-change.ts'
import { changeAccount } from '../journal/change-account.ts'
import { getApplication, saveDecision } from './application.store.ts'
import { type Application, type DecidedApplication, type Decision, decide } from './application.ts'
import type { ApplicationKey } from './application-id.ts'
import type { ApplicationKind } from './application-kind.ts'
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
  const { kind: name } = await getApplication(review.db, key)
  return await review.kinds[name].use(async (kind) => {
    const application = await changeAccount(review.db, key.accountId, async (account) => {
      const found = await getApplication(account.trx, key)
      const before = { ...found, payload: await kind.readPayload(found) }
      return await decideWithin(review, account, kind, before, { ...decision, at })
    })
    kind.committed?.(application)
    review.onChange(key.accountId)
    return application
  })
}

/** The same within a change of the account that is under way: for an application screened at once. */
export async function decideWithin<Payload>(
  review: Review,
  account: AccountChange,
  kind: ApplicationKind<Payload>,
  before: Application<Payload>,
  decision: Decision,
): Promise<DecidedApplication<Payload>> {
  const after = decide(before, decision)
  account.write(saveDecision(account.trx, before, after))
  if (after.state === 'approved') await kind.approve(account, after)
  else await kind.reject?.(account, after)
  const { applicationNo, version } = after
  const { at, actor, move, reason } = decision
  const event = kind.announce?.(after)
  const deliveryNo = event && account.promise({ applicationNo, ...event, at, dueAt: new Date(review.clock.machine()) })
  const detail = { reason, version, ...(deliveryNo ? { delivery_no: deliveryNo } : {}) }
  account.append({ at, actor, action: `application.${move}`, applicationNo, detail })
  return after
}
