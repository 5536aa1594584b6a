import type { devices, RequestOf } from '@shenpi/sdk'
import { findAccountByAppid } from '../accounts/account.store.ts'
import type { Account } from '../accounts/account.ts'
import type { AccountCache } from '../accounts/account-cache.ts'
import type { Database } from '../db/open.ts'
import { withChangePermit } from '../db/transaction.ts'
import type { BeaconScheme } from '../device-batches/beacon.ts'
import { Problem } from '../problem.ts'
import { findStore } from '../stores/store.store.ts'
import { saveLocation } from './device.store.ts'
import { identifyDevice } from './identify-devices.ts'

/** Values of `type`. Source: docs/protocol/shakearound.md, device/bindlocation. */
const STORE_OF = { account: 1, anyone: 2 } as const

type Location = RequestOf<typeof devices.deviceBindLocation>

/**
 * Bind a device to a store, or to none.
 *
 * @throws Problem `device.invalid`, `store.invalid`
 */
export async function bindLocation(
  { db, bindings }: { db: Database; bindings: AccountCache },
  { account, beaconScheme }: { account: Account; beaconScheme: BeaconScheme },
  location: Location,
): Promise<void> {
  const { accountId } = account
  const { deviceId } = await identifyDevice(db, { accountId, beaconScheme }, location.device_identifier)
  const found = await findLocation(db, account, location)
  await withChangePermit(db, accountId, () => saveLocation(db, { accountId, deviceId }, found))
  bindings.forget(accountId)
}

async function findLocation(
  db: Database,
  account: Account,
  { poi_id: poiId, type = STORE_OF.account, poi_appid }: Location,
): Promise<{ poiId: number; poiAppid: string | null }> {
  if (poiId === 0) return { poiId: 0, poiAppid: null }
  if (type === STORE_OF.account) {
    // Its own store may still be under review.
    if (!(await findStore(db, account.accountId, poiId))) throw new Problem('store.invalid')
    return { poiId, poiAppid: null }
  }
  const owner = poi_appid === undefined ? undefined : await findAccountByAppid(db, poi_appid)
  const store = owner && (await findStore(db, owner.accountId, poiId))
  if (store?.state !== 'approved') throw new Problem('store.invalid')
  return { poiId, poiAppid: owner?.accountId === account.accountId ? null : (owner?.appid ?? null) }
}
