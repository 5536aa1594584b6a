import type { identifierFields } from '@shenpi/sdk/contract/wire/devices'
import type { Static, TObject } from '@sinclair/typebox'
import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { type BeaconScheme, deviceIdOf } from '../device-batches/beacon.ts'
import { listBatchesAfter } from '../device-batches/device-batch.store.ts'
import type { DeviceBatch } from '../device-batches/device-batch.ts'
import type { LiveBeaconScheme } from '../device-batches/live-beacon-scheme.ts'
import { Problem } from '../problem.ts'
import type { OwnDevice } from './device.ts'

export type DeviceIdentifier = Static<TObject<typeof identifierFields>>

/** The account whose devices are named, and the beacon scheme. */
export interface DeviceScope {
  accountId: number
  beaconScheme: BeaconScheme
}

/** The same for who is shown beacons: also those of UUIDs that were added since the server began. */
export interface ShownScope extends DeviceScope {
  beaconScheme: LiveBeaconScheme
}

/** Batches that are read at once: neighbouring devices mostly share one, or come from a few that follow each other. */
const BATCHES_AT_ONCE = 50

/**
 * The account's device that an identifier names. One look into the batches tells, because a device belongs for good to the
 * account that was granted its range.
 *
 * @throws Problem `device.invalid` when it is nobody's or another account's.
 */
export async function identifyDevice(
  db: Kysely<Schema>,
  scope: DeviceScope,
  identifier: DeviceIdentifier,
): Promise<OwnDevice> {
  const [device] = await identifyDevices(db, scope, [identifier])
  if (!device) throw new Problem('device.invalid')
  return device
}

/**
 * The account's devices that the identifiers name, each once, in the order of their IDs.
 *
 * @throws Problem `device.invalid` when one of them is nobody's or another account's.
 */
export async function identifyDevices(
  db: Kysely<Schema>,
  { accountId, beaconScheme }: DeviceScope,
  identifiers: readonly DeviceIdentifier[],
): Promise<OwnDevice[]> {
  const deviceIds = new Set(identifiers.map((identifier) => toDeviceId(identifier, beaconScheme)))
  return await getOwnDevices(
    db,
    accountId,
    [...deviceIds].sort((a, b) => a - b),
  )
}

/**
 * The devices with their batches.
 *
 * @param deviceIds in ascending order
 * @throws Problem `device.invalid` when one of them is not the account's.
 */
export async function getOwnDevices(
  db: Kysely<Schema>,
  accountId: number,
  deviceIds: readonly number[],
): Promise<OwnDevice[]> {
  const devices: OwnDevice[] = []
  let batches: DeviceBatch[] = []
  for (const [index, deviceId] of deviceIds.entries()) {
    while (batches[0] && batches[0].lastDeviceId < deviceId) batches.shift()
    if (batches.length === 0) {
      const limit = Math.min(deviceIds.length - index, BATCHES_AT_ONCE)
      batches = await listBatchesAfter(db, { accountId, lastSeen: deviceId - 1, limit })
    }
    const [batch] = batches
    if (!batch || batch.firstDeviceId > deviceId) throw new Problem('device.invalid')
    devices.push({ deviceId, batch })
  }
  return devices
}

/** The number that an identifier names. It wins over the triple; clients send null, 0 or '' for what they leave out. */
function toDeviceId({ device_id, uuid, major, minor }: DeviceIdentifier, beaconScheme: BeaconScheme): number {
  if (device_id) return device_id
  if (!uuid || major === undefined || minor === undefined) throw new Problem('device.invalid')
  const deviceId = deviceIdOf({ uuid, major, minor }, beaconScheme)
  if (!deviceId) throw new Problem('device.invalid')
  return deviceId
}
