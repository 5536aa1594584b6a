import { findCallbackSetting } from '../callbacks/callback-setting.store.ts'
import { isNthLastPending } from '../callbacks/delivery.store.ts'
import type { Database } from '../db/open.ts'
import { changeAccount } from '../journal/change-account.ts'
import type { Clock } from '../time/clock.ts'
import type { TallyChunk } from './account-tally.ts'
import { saveActiveDevices } from './device-activity.store.ts'
import { addCounts } from './shake-count.store.ts'

/**
 * Callbacks of an account that may be on their way while events of shakes are added. Source:
 * docs/protocol/shakearound.md, ShakearoundUserShake.
 */
export const EVENTS_WAITING_MAX = 10_000

/**
 * Add what a server counted for an account, and promise it the events: all, or nothing. The journal's lock lets servers
 * that flush at once do so one after another, each on top of what the other wrote.
 */
export async function saveTally(
  { db, clock }: { db: Database; clock: Clock },
  { accountId, counts, activeAt, events }: TallyChunk,
): Promise<void> {
  await changeAccount(db, accountId, async (account) => {
    await addCounts(account.trx, accountId, counts)
    await saveActiveDevices(account.trx, accountId, activeAt)
    // Nobody replays a shake: without an address there is nobody to tell, and no row.
    if (events.length === 0 || !(await findCallbackSetting(account.trx, accountId))) return
    // Nor is a shake of use hours later: a merchant whose server hangs must not fill the disk. While the delivery that many
    // numbers back is pending, as many may be: one row is read, and none is counted.
    if (await isNthLastPending(account.trx, accountId, EVENTS_WAITING_MAX)) return
    const dueAt = new Date(clock.due(accountId))
    for (const event of events) await account.promise({ ...event, dueAt })
  })
}
