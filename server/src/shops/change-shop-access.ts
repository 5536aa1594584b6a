import type { Review } from '../applications/review.ts'
import { Journal } from '../audit/journal.ts'
import { findShopAccess, saveShopAccess } from './shop-access.store.ts'
import { assertReachable, finishItem, type ServiceInfo, type ShopAccess } from './shop-access.ts'

/**
 * Mark a task of the access done. Again is the same as once.
 * Source: docs/protocol/shops.md, register/finish_access_info.
 *
 * @throws Problem `shop.not_connected`, `shop.parameter_invalid`
 */
export async function finishAccessItem(review: Review, accountId: number, item: number): Promise<void> {
  const entry = { action: 'shop.finish_access_item', detail: { item } }
  await change(review, accountId, entry, (current) => finishItem(current, item))
}

/**
 * Say where the shop's customer service is found.
 * Source: docs/protocol/shops.md, account/update_info.
 *
 * @throws Problem `shop.parameter_missing`
 */
export async function updateServiceInfo(review: Review, accountId: number, service: ServiceInfo): Promise<void> {
  assertReachable(service)
  const entry = { action: 'shop.update_service_info', detail: service }
  await change(review, accountId, entry, (current) => ({ ...current, service }))
}

async function change(
  { db, clock }: Review,
  accountId: number,
  entry: { action: string; detail: unknown },
  apply: (current: ShopAccess) => ShopAccess,
): Promise<void> {
  const at = clock.now()
  await db.transaction().execute(async (trx) => {
    const journal = await Journal.open(trx, accountId)
    await saveShopAccess(trx, accountId, apply(await findShopAccess(trx, accountId)))
    await journal.append({ at, actor: 'merchant', applicationNo: null, ...entry })
    await journal.close()
  })
}
