import { ACCESS_STATUS } from '@shenpi/sdk/contract/shop-access'
import type { ApplicationKind } from '../applications/application-kind.ts'
import { Problem } from '../problem.ts'
import { findShopAccess, saveShopAccess } from './shop-access.store.ts'

/**
 * The shop component is opened for an account. On the platform its administrator accepts an agreement; here the staff
 * decides in the administrator's place.
 */
export const shopRegistrationKind: ApplicationKind<Record<string, never>> = {
  name: 'shop_registration',
  subject: () => 'component',
  open: 'shop.registration_under_review',
  async admit(trx, { accountId }) {
    if ((await findShopAccess(trx, accountId)).connectedAt) throw new Problem('shop.connected')
  },
  screen: () => 'review',
  async approve(trx, { accountId, decidedAt }) {
    await saveShopAccess(trx, accountId, { ...(await findShopAccess(trx, accountId)), connectedAt: decidedAt })
  },
  // The platform has an event for what opens and for what ends, and none for what was never opened.
  announce: ({ state }) =>
    state === 'approved'
      ? {
          event: 'open_product_account_register',
          fields: { OpenProductAccountRegister: { status: ACCESS_STATUS.connected } },
        }
      : undefined,
  summarize: () => 'open the shop component',
}
