import { findLatestApplication } from '../applications/application.store.ts'
import { decideWithin } from '../applications/decide-application.ts'
import type { Review } from '../applications/review.ts'
import { Journal } from '../audit/journal.ts'
import { storeSubject } from './store.kind.ts'
import { getStore, saveStore } from './store.store.ts'

const DELETED = 'The store was deleted by its merchant.'

/**
 * Delete a store. An application about it that is under review ends with it: nobody is left to review what is gone.
 * Source: docs/protocol/stores.md, delpoi.
 *
 * @throws Problem `store.unknown`, `store.deleted`
 */
export async function deleteStore(review: Review, accountId: number, poiId: number): Promise<void> {
  const at = review.clock.now()
  const actor = 'merchant'
  await review.db.transaction().execute(async (trx) => {
    const journal = await Journal.open(trx, accountId)
    await getStore(trx, accountId, poiId)
    const latest = await findLatestApplication(trx, { accountId, kind: 'store', subject: storeSubject(poiId) })
    if (latest?.state === 'under_review') {
      await decideWithin(review, trx, journal, latest, { move: 'reject', reason: DELETED, actor, at })
    }
    await saveStore(trx, accountId, poiId, { deletedAt: at })
    await journal.append({ at, actor, action: 'store.delete', applicationNo: null, detail: { poi_id: poiId } })
    await journal.close()
  })
  review.onChange()
}
