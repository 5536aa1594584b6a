import { type RequestOf, type relations, SEARCH_MAX } from '@shenpi/sdk/contract/wire'
import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { type Beacon, beaconOf } from '../device-batches/beacon.ts'
import { identifyDevice, type ShownScope } from '../devices/identify-devices.ts'
import { getPages } from '../pages/page.store.ts'
import { missingFields } from '../problem.ts'
import { listDevicesOfPage, listPagesOfDevice } from './device-page.store.ts'

/** A device and one of its pages. */
export interface Relation extends Beacon {
  deviceId: number
  pageId: number
}

/** Value of `type`: the pages of a device. Source: docs/protocol/shakearound.md, relation/search. */
const PAGES_OF_DEVICE = 1

/**
 * List the pages of a device, all of them, or the devices of a page.
 *
 * @throws Problem `shake.request_invalid` when it is not said of which; `device.invalid`, `page.invalid`
 */
export async function searchRelations(
  db: Kysely<Schema>,
  scope: ShownScope,
  search: RequestOf<typeof relations.relationSearch>,
): Promise<{ relations: Relation[]; total: number }> {
  const { accountId, beaconScheme } = scope
  if (search.type === PAGES_OF_DEVICE) {
    if (!search.device_identifier) throw missingFields('shake.request_invalid', ['device_identifier'])
    const { deviceId } = await identifyDevice(db, scope, search.device_identifier)
    await beaconScheme.cover(deviceId)
    const beacon = beaconOf(deviceId, beaconScheme)
    const pageIds = await listPagesOfDevice(db, { accountId, deviceId })
    return { relations: pageIds.map((pageId) => ({ deviceId, ...beacon, pageId })), total: pageIds.length }
  }
  const { page_id: pageId, begin = 0, count = SEARCH_MAX } = search
  if (pageId === undefined) throw missingFields('shake.request_invalid', ['page_id'])
  await getPages(db, accountId, [pageId])
  const { deviceIds, total } = await listDevicesOfPage(db, { accountId, pageId }, { begin, count })
  await beaconScheme.cover(Math.max(0, ...deviceIds))
  return { relations: deviceIds.map((deviceId) => ({ deviceId, ...beaconOf(deviceId, beaconScheme), pageId })), total }
}
