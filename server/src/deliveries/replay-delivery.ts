import { findCallbackSetting } from '../callbacks/callback-setting.store.ts'
import { deliveryQueue } from '../callbacks/delivery.queue.ts'
import { type Delivery, type DeliveryKey, getDelivery, restartDelivery } from '../callbacks/delivery.store.ts'
import type { Database } from '../db/open.ts'
import { changeAccount } from '../journal/change-account.ts'
import { NoSuchAccount } from '../journal/journal.store.ts'
import { Problem } from '../problem.ts'
import type { Clock } from '../time/clock.ts'

/**
 * Send a delivery again, whatever its state: the same message, with the whole schedule of attempts.
 *
 * @throws Problem `delivery.unknown`, `delivery.unaddressed`
 */
export async function replayDelivery(
  { db, clock }: { db: Database; clock: Clock },
  key: DeliveryKey,
  actor: string,
): Promise<Delivery> {
  return await changeAccount(db, key.accountId, async (account) => {
    const { trx } = account
    const { startedAt: before, applicationNo } = await getDelivery(trx, key)
    if (!(await findCallbackSetting(trx, key.accountId))) throw new Problem('delivery.unaddressed')
    const at = clock.now(key.accountId)
    // Later than the run before, even on a clock that stands still, so that a late attempt of that run does not count for this.
    const startedAt = new Date(Math.max(at.getTime(), before.getTime() + 1))
    await restartDelivery(trx, key, { startedAt, dueAt: new Date(clock.due(key.accountId)) })
    const detail = { delivery_no: key.deliveryNo }
    account.append({ at, actor, action: 'delivery.replay', applicationNo, detail })
    account.leave(deliveryQueue)
    return await getDelivery(trx, key)
  }).catch((error) => {
    throw error instanceof NoSuchAccount ? new Problem('delivery.unknown') : error
  })
}
