/** iBeacon identity of a device: what the phone hears. */
export interface Beacon {
  uuid: string
  /** 0 to 65535. */
  major: number
  /** 0 to 65535. */
  minor: number
}

/** The scheme by which all beacons are computed. */
export interface BeaconScheme {
  /** The operator's UUIDs, in order. */
  uuids: readonly string[]
  /** The first device ID whose beacon has no 0: those before it were handed out by the older arithmetic. */
  nonzeroFrom: number
}

/** Values of 16 bits, and of 16 bits without 0. */
const HALVES = 0x10000
const NONZERO = HALVES - 1

/**
 * A device's beacon is arithmetic on its number, so no two devices share one and nothing has to be looked up. All devices
 * with one UUID and one major are a row. Up to `nonzeroFrom` a row has 65,536 devices and a UUID as many rows; from there
 * on both begin at 1 and have 65,535, in rows behind the last one that was begun before.
 *
 * Source: docs/decisions/0021-no-zero-in-a-beacon.md
 *
 * @throws RangeError when the operator's list is too short for the number.
 */
export function beaconOf(deviceId: number, scheme: BeaconScheme): Beacon {
  const { uuids, nonzeroFrom } = scheme
  const beacon = deviceId < nonzeroFrom ? olderBeacon(deviceId) : nonzeroBeacon(deviceId, nonzeroFrom)
  const uuid = uuids[beacon.position]
  if (uuid === undefined) throw new RangeError(`no UUID for device ${deviceId}: the operator's list is too short`)
  return { uuid, major: beacon.major, minor: beacon.minor }
}

function olderBeacon(deviceId: number) {
  const row = Math.floor(deviceId / HALVES)
  return { position: Math.floor(row / HALVES), major: row % HALVES, minor: deviceId % HALVES }
}

function nonzeroBeacon(deviceId: number, nonzeroFrom: number) {
  const place = deviceId - nonzeroFrom
  const row = firstRow(nonzeroFrom) + Math.floor(place / NONZERO)
  return { position: Math.floor(row / NONZERO), major: 1 + (row % NONZERO), minor: 1 + (place % NONZERO) }
}

/** The row in which the first beacon without a 0 stands, counted without rows of major 0. */
function firstRow(nonzeroFrom: number): number {
  const { position, major } = olderBeacon(nonzeroFrom - 1)
  return position * NONZERO + major
}

/** The device behind a beacon, or undefined when no device can have it. */
export function deviceIdOf({ uuid, major, minor }: Beacon, { uuids, nonzeroFrom }: BeaconScheme): number | undefined {
  const position = uuids.indexOf(uuid.toUpperCase())
  if (position < 0) return undefined
  const older = (position * HALVES + major) * HALVES + minor
  if (older < nonzeroFrom) return older || undefined
  const row = position * NONZERO + major - 1 - firstRow(nonzeroFrom)
  if (major === 0 || minor === 0 || row < 0) return undefined
  return nonzeroFrom + row * NONZERO + minor - 1
}

/** The first device ID that the operator's UUIDs have no beacon for. */
export function endOfDeviceIds({ uuids, nonzeroFrom }: BeaconScheme): number {
  return nonzeroFrom + (uuids.length * NONZERO - firstRow(nonzeroFrom)) * NONZERO
}
