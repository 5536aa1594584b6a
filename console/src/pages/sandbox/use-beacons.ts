import type { ApiDevice } from '@shenpi/sdk/contract/api'
import { useState } from 'react'
import type { HeardBeacon } from '../../data/shakes.ts'

/** A beacon on the plan. */
export interface Beacon extends HeardBeacon {
  isHeard: boolean
  pages: number
}

/** So many find room on the plan. */
export const BEACONS_MAX = 24
/** The farthest that a phone hears a beacon, about. Unit: metres. */
export const DISTANCE_MAX = 50
/** Those that it hears to begin with. */
const HEARD_AT_FIRST = 3

/** How far the nth stands at first: ever farther out, so that on the plan none hides another. Unit: metres. */
const distanceAt = (at: number): number =>
  Math.round(2 * Math.expm1(Math.log1p(DISTANCE_MAX) * Math.sqrt((at + 1) / (BEACONS_MAX + 1)))) / 2

type Change = Partial<Pick<Beacon, 'isHeard' | 'distance'>>

/** The beacons around the phone, and what was changed of them. */
export function useBeacons(devices: readonly ApiDevice[]) {
  const [changes, setChanges] = useState<ReadonlyMap<number, Change>>(new Map())
  const withPages = devices.filter(({ page_ids }) => page_ids.length > 0)
  const first = (withPages.length > 0 ? withPages : devices).slice(0, HEARD_AT_FIRST)
  const beacons = devices.map(({ device_id, uuid, major, minor, comment, page_ids }, at): Beacon => {
    const isHeard = first.some((device) => device.device_id === device_id)
    const distance = distanceAt(at)
    const beacon = { device_id, uuid, major, minor, comment, pages: page_ids.length, isHeard, distance }
    return { ...beacon, ...changes.get(device_id) }
  })
  return {
    beacons,
    heard: beacons.filter(({ isHeard }) => isHeard),
    change: (id: number, change: Change) =>
      setChanges((known) => new Map(known).set(id, { ...known.get(id), ...change })),
  }
}
