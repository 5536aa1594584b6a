import { Journal } from '../audit/journal.ts'
import { findCallbackSetting } from '../callbacks/callback-setting.store.ts'
import { insertDelivery } from '../callbacks/delivery.store.ts'
import type { Database } from '../db/open.ts'
import { addCounts, saveActiveDevices } from './shake-count.store.ts'
import type { AccountTally } from './shake-tally.ts'

/**
 * Add what a server counted for an account, and promise it the events: all, or nothing. The journal's lock lets servers
 * that flush at once do so one after another, each on top of what the other wrote.
 */
export async function saveTally(db: Database, { accountId, counts, activeAt, events }: AccountTally): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const journal = await Journal.open(trx, accountId)
    await addCounts(trx, accountId, counts)
    await saveActiveDevices(trx, accountId, activeAt)
    // Nobody replays a shake: without an address there is nobody to tell, and no row.
    if (events.length === 0 || !(await findCallbackSetting(trx, accountId))) return
    for (const { applicationNo, message, at } of events) {
      const deliveryNo = journal.nextDeliveryNo()
      const event = String(message.Event)
      await insertDelivery(trx, { accountId, deliveryNo, applicationNo, event, message, state: 'pending', at })
    }
    await journal.close()
  })
}
