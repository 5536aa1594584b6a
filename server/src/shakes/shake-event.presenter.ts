import type { MessageFields } from '../callbacks/message-format.ts'
import type { HeardDevice } from './shake.ts'

/** Most other beacons in the event of a shake. Source: docs/protocol/shakearound.md, ShakearoundUserShake. */
const AROUND_MAX = 5

/** The members of the event besides those of every message. Source: docs/protocol/shakearound.md, ShakearoundUserShake. */
export function shakeEventFields(chosen: HeardDevice, heard: readonly HeardDevice[]): MessageFields {
  const around = heard
    .filter(({ accountId, deviceId }) => accountId === chosen.accountId && deviceId !== chosen.deviceId)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, AROUND_MAX)
  // A receiver in use fails on exactly one, and no receiver can rely on a phone to hear every beacon.
  return {
    ChosenBeacon: toFields(chosen),
    AroundBeacons: { AroundBeacon: around.length > 1 ? around.map(toFields) : [] },
  }
}

const toFields = ({ uuid, major, minor, distance }: HeardDevice): MessageFields => ({
  Uuid: uuid,
  Major: major,
  Minor: minor,
  Distance: distance,
})
