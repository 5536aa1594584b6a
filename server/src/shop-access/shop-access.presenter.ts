import type { ShopStatus } from '@shenpi/sdk/contract/states'
import { ACCESS_STATUS } from '@shenpi/sdk/contract/wire/shop-access'
import type { AnnouncedEvent } from '../applications/application-kind.ts'

/** The event that tells that the component was opened, or that the access ended. Source: docs/protocol/shops.md. */
export const toAccessChange = (change: Exclude<ShopStatus, 'banned'>): AnnouncedEvent => ({
  name: 'open_product_account_register',
  fields: { OpenProductAccountRegister: { status: ACCESS_STATUS[change] } },
})
