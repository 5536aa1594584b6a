import { DAY_MS } from '../time/china-time.ts'
import { type Calendar, workingMsBetween } from '../time/working-days.ts'
import type { DecidedApplication } from './application.ts'

const HOUR_MS = DAY_MS / 24

/** The classes of how long decisions took, by their upper ends; one more above. Unit: hours of working days, 24 a day. */
export const SPEED_HOURS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 12, 24, 36, 48, 60, 72, 96, 120, 168, 240, 480] as const

const SLOWEST_MS = Math.max(...SPEED_HOURS) * HOUR_MS

/** The class of a decision that was made before these were counted. */
export const SPEED_UNKNOWN = -1

/** How long a decision took, as a place in {@link SPEED_HOURS}, or the one behind it. */
export function speedOf({ appliedAt, decidedAt }: DecidedApplication, calendar: Calendar): number {
  const hours = workingMsBetween(appliedAt, decidedAt, calendar, SLOWEST_MS) / HOUR_MS
  const place = SPEED_HOURS.findIndex((end) => hours <= end)
  return place === -1 ? SPEED_HOURS.length : place
}
