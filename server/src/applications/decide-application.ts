import type { Transaction } from 'kysely'
import { announceOutcome } from '../callbacks/announce-outcome.ts'
import type { Schema } from '../db/schema.ts'
import { changeAccount } from '../journal/change-account.ts'
import type { Journal } from '../journal/journal.ts'
import { getApplication, saveDecision } from './application.store.ts'
import { type Application, type Decision, decide } from './application.ts'
import type { ApplicationKey } from './application-id.ts'
import type { Review } from './review.ts'

/**
 * Decide an application: the only door by which one gets an outcome. Outcome, effect, audit entry and the promise of a
 * callback commit together, or not at all.
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
  const application = await changeAccount(review.db, key.accountId, async (trx, journal) => {
    const before = await getApplication(trx, key)
    return await decideWithin(review, trx, journal, before, { ...decision, at })
  })
  review.kinds[application.kind].committed?.(application)
  review.onChange(key.accountId)
  return application
}

/** The same inside a transaction that is open already, with the account's journal: for an application screened at once. */
export async function decideWithin(
  review: Review,
  trx: Transaction<Schema>,
  journal: Journal,
  before: Application,
  decision: Decision,
): Promise<Application> {
  const kind = review.kinds[before.kind]
  const after = decide(before, decision)
  await saveDecision(trx, before, after)
  if (after.state === 'approved') await kind.approve(trx, after)
  else await kind.reject?.(trx, after)
  const announcement = kind.announce?.(after)
  const times = { at: decision.at, dueAt: new Date(review.clock.machine()) }
  const deliveryNo = announcement && (await announceOutcome(trx, journal, after, announcement, times))
  await journal.append({
    at: decision.at,
    actor: decision.actor,
    action: `application.${decision.move}`,
    applicationNo: after.applicationNo,
    detail: { reason: decision.reason, version: after.version, ...(deliveryNo ? { delivery_no: deliveryNo } : {}) },
  })
  return after
}
