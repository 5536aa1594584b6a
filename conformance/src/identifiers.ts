import type { Row } from './refused.ts'
import { beaconOf, deviceId } from './world/named.ts'
import { UNKNOWN, UUID } from './world/world.ts'

const BEACON = beaconOf(1)
const STRANGERS = 6

/** Identifiers that name no device of the merchant's, whatever the call: 9001025. */
export const NO_DEVICE: readonly Row[] = [
  ['an unknown device', { device_id: UNKNOWN }],
  ["another account's device", { device_id: deviceId(STRANGERS) }],
  ["another account's beacon", beaconOf(STRANGERS)],
  ['an unknown beacon', { ...BEACON, minor: UNKNOWN % 0x10000 }],
  ['the last beacon of a UUID', { ...BEACON, major: 65_535, minor: 65_535 }],
  ["a beacon under someone else's UUID", { ...BEACON, uuid: UUID.replace('F', 'E') }],
  ['a UUID that is a number', { ...BEACON, uuid: 5 }],
  ['half a beacon', { uuid: BEACON.uuid, major: BEACON.major }],
  ['a major beyond 65535', { ...BEACON, major: 65_536 }],
  ['a minor beyond 65535', { ...BEACON, minor: 65_536 }],
  ['a major that is a word', { ...BEACON, major: 'one' }],
  ['a minor that is a word', { ...BEACON, minor: 'one' }],
  ['a device id that is no number', { device_id: 'one' }],
  ['device 0', { device_id: 0 }],
  ['an identifier without members', {}],
  ['an identifier that is a number', 1],
]
