import type { ShopStatus } from '@shenpi/sdk/contract/states'
import { getAccountByAppid } from '../accounts/account.store.ts'
import { listApplications } from '../applications/application-list.store.ts'
import type { Review } from '../applications/review.ts'
import type { AccountChange } from '../journal/account-change.ts'
import { changeAccount } from '../journal/change-account.ts'
import type { TokenIssuer } from '../tokens/issue-token.ts'
import { deleteGrants } from './grant.store.ts'
import { toAccessChange } from './shop-access.presenter.ts'
import { findShopAccess, saveShopAccess } from './shop-access.store.ts'
import { changeStatus, type ShopAccess, statusOf } from './shop-access.ts'
import { findRegistration } from './shop-registration.kind.ts'

/**
 * Ban an account from the shop component, admit it again, or end its access. It holds at once on this server, and within
 * three seconds on others. The end removes the account's categories and brands and is reported by an event, as documented.
 * Source: docs/protocol/shops.md, open_product_account_register.
 *
 * @throws Problem `account.unknown`, `shop.not_connected`
 */
export async function setShopStatus(
  { review, issuer }: { review: Review; issuer: TokenIssuer },
  appid: string,
  status: ShopStatus,
  actor: string,
): Promise<ShopAccess> {
  const { db, clock } = review
  const { accountId } = await getAccountByAppid(db, appid)
  const at = clock.now(accountId)
  const access = await changeAccount(db, accountId, async (account) => {
    const before = await findShopAccess(account.trx, accountId)
    if (statusOf(before) === status) return before
    const after = changeStatus(before, status, at)
    await saveShopAccess(account.trx, accountId, after)
    if (status === 'cancelled') {
      await deleteGrants(account.trx, accountId)
      await promiseEnd(account, { at, dueAt: new Date(clock.due(accountId)) })
    }
    const detail = { from: statusOf(before), to: status }
    account.append({ at, actor, action: 'shop.set_status', detail })
    return after
  })
  issuer.callers.forget(accountId)
  return access
}

/** A delivery belongs to an application: here to the one that opened the access, or else to the account's last. */
async function promiseEnd(account: AccountChange, times: { at: Date; dueAt: Date }): Promise<void> {
  const { trx, accountId } = account
  const application = (await findRegistration(trx, accountId)) ?? (await listApplications(trx, { accountId }, 1))[0]
  if (!application) return
  await account.promise({ applicationNo: application.applicationNo, ...toAccessChange('cancelled'), ...times })
}
