import { DEVICE_PAGES_MAX, type RequestOf, type relations } from '@shenpi/sdk/contract/wire'
import type { AccountCache } from '../accounts/account-cache.ts'
import type { Database } from '../db/open.ts'
import { type DeviceScope, identifyDevice } from '../devices/identify-devices.ts'
import { lockAccount } from '../journal/change-account.ts'
import { getPages } from '../pages/page.store.ts'
import { Problem } from '../problem.ts'
import { deletePagesOfDevice, insertPagesOfDevice, listPagesOfDevice } from './device-page.store.ts'

/**
 * Set the pages of a device; in the older form add to them, or take some away.
 * Source: docs/protocol/shakearound.md, device/bindpage.
 *
 * @throws Problem `device.invalid`, `page.invalid`, `binding.too_many_pages`
 */
export async function bindPages(
  { db, bindings }: { db: Database; bindings: AccountCache },
  scope: DeviceScope,
  binding: RequestOf<typeof relations.deviceBindPage>,
): Promise<void> {
  const { accountId } = scope
  const { deviceId } = await identifyDevice(db, scope, binding.device_identifier)
  const device = { accountId, deviceId }
  const { page_ids, bind = 1, append = 0 } = binding
  const pageIds = [...new Set(page_ids)]
  await lockAccount(db, accountId, async (trx) => {
    // Nobody deletes a page, and nobody adds to the device, until this is done.
    await getPages(trx, accountId, pageIds)
    if (bind === 0) return await deletePagesOfDevice(trx, device, pageIds)
    if (append === 0) await deletePagesOfDevice(trx, device)
    await insertPagesOfDevice(trx, device, pageIds)
    const pages = await listPagesOfDevice(trx, device)
    if (pages.length > DEVICE_PAGES_MAX) throw new Problem('binding.too_many_pages')
  })
  bindings.forget(accountId)
}
