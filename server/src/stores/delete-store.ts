import type { AccountCache } from '../accounts/account-cache.ts'
import { findLatestApplication } from '../applications/application.store.ts'
import type { Database } from '../db/open.ts'
import { changeAccount } from '../journal/change-account.ts'
import { Problem } from '../problem.ts'
import type { Clock } from '../time/clock.ts'
import { storeSubject } from './store.kind.ts'
import { getStore, saveStore } from './store.store.ts'

/**
 * Delete a store, unless one of its applications is under review.
 * Source: docs/protocol/stores.md, delpoi.
 *
 * @throws Problem `store.unknown`, `store.deleted`, `store.under_review`
 */
export async function deleteStore(
  { db, clock, bindings }: { db: Database; clock: Clock; bindings: AccountCache },
  accountId: number,
  poiId: number,
): Promise<void> {
  const at = clock.now(accountId)
  await changeAccount(db, accountId, async (account) => {
    await getStore(account.trx, accountId, poiId)
    const latest = await findLatestApplication(account.trx, { accountId, kind: 'store', subject: storeSubject(poiId) })
    if (latest?.state === 'under_review') throw new Problem('store.under_review')
    await saveStore(account.trx, accountId, poiId, { deletedAt: at })
    const detail = { poi_id: poiId }
    account.append({ at, actor: 'merchant', action: 'store.delete', detail })
  })
  bindings.forget(accountId)
}
