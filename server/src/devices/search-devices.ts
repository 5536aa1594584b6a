import { type devices, type RequestOf, SEARCH_MAX } from '@shenpi/sdk/contract/wire'
import type { Kysely } from 'kysely'
import { findApplication } from '../applications/application.store.ts'
import type { Schema } from '../db/schema.ts'
import { findBatch, listBatchesAfter, listBatchesFrom } from '../device-batches/device-batch.store.ts'
import type { DeviceBatch } from '../device-batches/device-batch.ts'
import { getQuota } from '../device-quota/device-quota.store.ts'
import { Problem } from '../problem.ts'
import { listDetailsBetween, listDetailsOf } from './device.store.ts'
import { type Device, describeDevice, type OwnDevice } from './device.ts'
import { identifyDevices, type ShownScope } from './identify-devices.ts'

interface DevicePage {
  devices: Device[]
  /** All devices of the account. */
  total: number
}

type Search = RequestOf<typeof devices.deviceSearch>

/**
 * List devices, in the order of their IDs: those named, all, or those of one batch.
 * Source: docs/protocol/shakearound.md, device/search.
 *
 * @throws Problem `device.invalid` when a device named is not the account's: then none is shown.
 * @throws Problem `batch.unknown`
 */
export async function searchDevices(db: Kysely<Schema>, scope: ShownScope, search: Search): Promise<DevicePage> {
  const { allocated: total } = await getQuota(db, scope.accountId)
  return { devices: await findDevices(db, scope, search), total }
}

async function findDevices(db: Kysely<Schema>, scope: ShownScope, search: Search): Promise<Device[]> {
  const { accountId } = scope
  const type = search.type ?? (search.device_identifiers ? 1 : search.apply_id !== undefined ? 3 : 2)
  if (type === 1) {
    if (!search.device_identifiers) throw new Problem('device.invalid')
    return await describeEach(db, scope, await identifyDevices(db, scope, search.device_identifiers))
  }

  const { last_seen: lastSeen = 0, count = SEARCH_MAX } = search
  const begin = search.last_seen === undefined ? (search.begin ?? 0) : 0
  const page = { lastSeen, begin, count }
  const devices =
    type === 2
      ? await devicesOfAccount(db, accountId, page)
      : await devicesOfBatch(db, accountId, search.apply_id, page)
  return await describeAll(db, scope, devices)
}

/** Describe devices that are all of the account's from the first of them to the last. */
export async function describeAll(
  db: Kysely<Schema>,
  { accountId, beaconScheme }: ShownScope,
  devices: readonly OwnDevice[],
): Promise<Device[]> {
  const [first, last] = [devices[0], devices.at(-1)]
  if (!first || !last) return []
  await beaconScheme.cover(last.deviceId)
  // So the two say which details are wanted.
  const details = await listDetailsBetween(db, { accountId, first: first.deviceId, last: last.deviceId })
  return devices.map((device) => describeDevice(device, details.get(device.deviceId), beaconScheme))
}

/** Describe devices that may lie far apart, in the order of their IDs. */
export async function describeEach(
  db: Kysely<Schema>,
  { accountId, beaconScheme }: ShownScope,
  devices: readonly OwnDevice[],
): Promise<Device[]> {
  const deviceIds = devices.map(({ deviceId }) => deviceId)
  await beaconScheme.cover(deviceIds.at(-1) ?? 0)
  const details = await listDetailsOf(db, accountId, deviceIds)
  return devices.map((device) => describeDevice(device, details.get(device.deviceId), beaconScheme))
}

interface Page {
  lastSeen: number
  begin: number
  count: number
}

async function devicesOfAccount(db: Kysely<Schema>, accountId: number, { lastSeen, begin, count }: Page) {
  // A batch holds at least one device, so `count` batches are enough for a page.
  const batches = begin
    ? await listBatchesFrom(db, { accountId, offset: begin, limit: count })
    : await listBatchesAfter(db, { accountId, lastSeen, limit: count })
  const passed = begin ? begin - (batches[0]?.accountOffset ?? 0) : 0
  return expand(batches, { lastSeen, passed, count })
}

async function devicesOfBatch(
  db: Kysely<Schema>,
  accountId: number,
  applyId: number | undefined,
  { lastSeen, begin, count }: Page,
) {
  if (applyId === undefined) throw new Problem('batch.unknown')
  const application = await findApplication(db, { accountId, applicationNo: applyId })
  if (application?.kind !== 'device_batch') throw new Problem('batch.unknown')
  const batch = await findBatch(db, { accountId, applicationNo: applyId })
  return expand(batch ? [batch] : [], { lastSeen, passed: begin, count })
}

/** The devices of batches in order, after `lastSeen`, less the first `passed`, at most `count`. */
export function expand(
  batches: readonly DeviceBatch[],
  { lastSeen, passed, count }: { lastSeen: number; passed: number; count: number },
): OwnDevice[] {
  const devices: OwnDevice[] = []
  let toPass = passed
  for (const batch of batches) {
    const first = Math.max(batch.firstDeviceId, lastSeen + 1) + toPass
    toPass = Math.max(0, first - batch.lastDeviceId - 1)
    for (let deviceId = first; deviceId <= batch.lastDeviceId && devices.length < count; deviceId += 1) {
      devices.push({ deviceId, batch })
    }
  }
  return devices
}
