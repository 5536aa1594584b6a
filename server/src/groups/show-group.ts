import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { beaconOf } from '../device-batches/beacon.ts'
import type { LiveBeaconScheme } from '../device-batches/live-beacon-scheme.ts'
import { type Device, remarkAndStore } from '../devices/device.ts'
import { getOwnDevices } from '../devices/identify-devices.ts'
import { type Group, type GroupKey, getGroup } from './group.store.ts'
import { listMembers } from './group-member.store.ts'

/** A device as a group shows it. */
export type GroupDevice = Omit<Device, 'poiAppid' | 'pageIds' | 'lastActiveAt'>

/** A group and a page of its devices, in the order of their IDs. @throws Problem `group.unknown` */
export async function showGroup(
  db: Kysely<Schema>,
  key: GroupKey,
  page: { begin: number; count: number },
  beaconScheme: LiveBeaconScheme,
): Promise<{ group: Group; devices: GroupDevice[] }> {
  const group = await getGroup(db, key)
  const members = await listMembers(db, key, page)
  const details = new Map(members.map((member) => [member.deviceId, member]))
  const devices = await getOwnDevices(db, key.accountId, [...details.keys()])
  await beaconScheme.cover(devices.at(-1)?.deviceId ?? 0)
  return {
    group,
    devices: devices.map(({ deviceId, batch }) => ({
      deviceId,
      ...beaconOf(deviceId, beaconScheme),
      ...remarkAndStore(batch, details.get(deviceId)),
    })),
  }
}
