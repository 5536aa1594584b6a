import { type RequestOf, SEARCH_MAX, type shakearound } from '@shenpi/sdk'
import type { Kysely } from 'kysely'
import { findApplication } from '../applications/application.store.ts'
import type { Schema } from '../db/schema.ts'
import { Problem } from '../problem.ts'
import { type Beacon, beaconOf, deviceIdOf } from './beacon.ts'
import { type DeviceBatch, findBatch, getQuota, listBatchesAfter, listBatchesFrom } from './device-batch.store.ts'

export interface Device extends Beacon {
  deviceId: number
  comment: string
  /** 0 without a store. */
  poiId: number
}

export interface DevicePage {
  devices: Device[]
  /** All devices of the account. */
  total: number
}

type Search = RequestOf<typeof shakearound.deviceSearch>
type Identifier = NonNullable<Search['device_identifiers']>[number]
interface Scope {
  accountId: number
  uuids: readonly string[]
}

/**
 * List devices, in the order of their IDs: those named, all, or those of one batch.
 * Source: docs/protocol/shakearound.md, device/search.
 *
 * @throws Problem `device.invalid` when a device named is not the account's: then none is shown.
 * @throws Problem `batch.unknown`
 */
export async function searchDevices(db: Kysely<Schema>, scope: Scope, search: Search): Promise<DevicePage> {
  const { allocated: total } = await getQuota(db, scope.accountId)
  return { devices: await findDevices(db, scope, search), total }
}

async function findDevices(db: Kysely<Schema>, scope: Scope, search: Search): Promise<Device[]> {
  const type = search.type ?? (search.device_identifiers ? 1 : search.apply_id !== undefined ? 3 : 2)
  if (type === 1) return devicesNamed(db, scope, search.device_identifiers)
  const { last_seen: lastSeen = 0, count = SEARCH_MAX } = search
  const begin = search.last_seen === undefined ? (search.begin ?? 0) : 0
  const page = { lastSeen, begin, count }
  return type === 2 ? devicesOfAccount(db, scope, page) : devicesOfBatch(db, scope, search.apply_id, page)
}

async function devicesNamed(db: Kysely<Schema>, scope: Scope, identifiers: Identifier[] | undefined) {
  if (!identifiers) throw new Problem('device.invalid')
  const deviceIds = new Set(identifiers.map((identifier) => toDeviceId(identifier, scope.uuids)))
  const devices: Device[] = []
  let batch: DeviceBatch | undefined
  for (const deviceId of [...deviceIds].sort((a, b) => a - b)) {
    // Neighbours mostly share a batch; the next one is read only where the last one ends.
    if (!batch || batch.lastDeviceId < deviceId) {
      batch = (await listBatchesAfter(db, { accountId: scope.accountId, lastSeen: deviceId - 1, limit: 1 }))[0]
    }
    if (!batch || batch.firstDeviceId > deviceId) throw new Problem('device.invalid')
    devices.push(deviceOf(deviceId, batch, scope.uuids))
  }
  return devices
}

interface Page {
  lastSeen: number
  begin: number
  count: number
}

async function devicesOfAccount(db: Kysely<Schema>, { accountId, uuids }: Scope, { lastSeen, begin, count }: Page) {
  // A batch holds at least one device, so `count` batches are enough for a page.
  const batches = begin
    ? await listBatchesFrom(db, { accountId, offset: begin, limit: count })
    : await listBatchesAfter(db, { accountId, lastSeen, limit: count })
  const passed = begin ? begin - (batches[0]?.accountOffset ?? 0) : 0
  return expand(batches, { lastSeen, passed, count }, uuids)
}

async function devicesOfBatch(
  db: Kysely<Schema>,
  { accountId, uuids }: Scope,
  applyId: number | undefined,
  { lastSeen, begin, count }: Page,
) {
  if (applyId === undefined) throw new Problem('batch.unknown')
  const application = await findApplication(db, { accountId, applicationNo: applyId })
  if (application?.kind !== 'device_batch') throw new Problem('batch.unknown')
  const batch = await findBatch(db, { accountId, applicationNo: applyId })
  return expand(batch ? [batch] : [], { lastSeen, passed: begin, count }, uuids)
}

/** The devices of batches in order, after `lastSeen`, less the first `passed`, at most `count`. */
function expand(
  batches: readonly DeviceBatch[],
  { lastSeen, passed, count }: { lastSeen: number; passed: number; count: number },
  uuids: readonly string[],
): Device[] {
  const devices: Device[] = []
  let toPass = passed
  for (const batch of batches) {
    const first = Math.max(batch.firstDeviceId, lastSeen + 1) + toPass
    toPass = Math.max(0, first - batch.lastDeviceId - 1)
    for (let deviceId = first; deviceId <= batch.lastDeviceId && devices.length < count; deviceId += 1) {
      devices.push(deviceOf(deviceId, batch, uuids))
    }
  }
  return devices
}

function deviceOf(deviceId: number, batch: DeviceBatch, uuids: readonly string[]): Device {
  return { deviceId, ...beaconOf(deviceId, uuids), comment: batch.comment, poiId: batch.poiId }
}

/** The number that an identifier names. It wins over the triple; clients send null, 0 or '' for what they leave out. */
function toDeviceId({ device_id, uuid, major, minor }: Identifier, uuids: readonly string[]): number {
  if (device_id) return device_id
  if (!uuid || major === undefined || minor === undefined) throw new Problem('device.invalid')
  const deviceId = deviceIdOf({ uuid, major, minor }, uuids)
  if (!deviceId) throw new Problem('device.invalid')
  return deviceId
}
