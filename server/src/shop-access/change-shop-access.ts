import type { Review } from '../applications/review.ts'
import { changeAccount } from '../journal/change-account.ts'
import { findShopAccess, saveShopAccess } from './shop-access.store.ts'
import { assertReachable, connect, finishItem, type ServiceInfo, type ShopAccess, statusOf } from './shop-access.ts'

/**
 * Open the component for an account that did not apply for it: the sandbox's own, because the published examples do not.
 * A component that was open before stays as it is, also closed.
 */
export async function openComponent(review: Review, accountId: number, actor: string): Promise<void> {
  const entry = { action: 'shop.open', actor, detail: {} }
  const at = review.clock.now(accountId)
  await change(review, accountId, entry, (current) => (statusOf(current) === 'none' ? connect(current, at) : current))
}

/**
 * Mark a task of the access as done. Repeating it changes nothing.
 * Source: docs/protocol/shops.md, register/finish_access_info.
 *
 * @throws Problem `shop.not_connected`, `shop.banned`, `shop.parameter_invalid`
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

/** @param apply returns its argument when nothing changes */
async function change(
  { db, clock }: Review,
  accountId: number,
  entry: { action: string; actor?: string; detail: unknown },
  apply: (current: ShopAccess) => ShopAccess,
): Promise<void> {
  const at = clock.now(accountId)
  await changeAccount(db, accountId, async (account) => {
    const before = await findShopAccess(account.trx, accountId)
    const after = apply(before)
    if (after === before) return
    await saveShopAccess(account.trx, accountId, after)
    account.append({ at, actor: 'merchant', ...entry })
  })
}
