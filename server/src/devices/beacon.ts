/** iBeacon identity of a device: what the phone hears. */
export interface Beacon {
  uuid: string
  /** 0 to 65535. */
  major: number
  /** 0 to 65535. */
  minor: number
}

/** Devices that one UUID tells apart: 16 bits of major and 16 of minor. */
export const DEVICES_PER_UUID = 2 ** 32

/**
 * A device's beacon is arithmetic on its number: low 16 bits the minor, the next 16 the major, the rest the place of
 * the UUID in the operator's list. So no two devices share one, and nothing has to be looked up.
 *
 * @throws RangeError when the operator's list is too short for the number.
 */
export function beaconOf(deviceId: number, uuids: readonly string[]): Beacon {
  const uuid = uuids[Math.floor(deviceId / DEVICES_PER_UUID)]
  if (uuid === undefined) throw new RangeError(`no UUID for device ${deviceId}: the operator's list is too short`)
  return { uuid, major: Math.floor(deviceId / 0x10000) % 0x10000, minor: deviceId % 0x10000 }
}

/** The device behind a beacon, or undefined when the UUID is not ours. */
export function deviceIdOf({ uuid, major, minor }: Beacon, uuids: readonly string[]): number | undefined {
  const place = uuids.indexOf(uuid.toUpperCase())
  return place < 0 ? undefined : place * DEVICES_PER_UUID + major * 0x10000 + minor
}
