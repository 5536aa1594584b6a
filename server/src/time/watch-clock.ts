import type { Logger } from 'pino'
import type { Clock } from './clock.ts'

/** How far the clocks may be apart without a warning: beyond, two servers of one database may both take one job. */
const APART_MAX_MS = 15_000

/** Tells once, and again after it was over, that the time of day and the clock that only moves forward have parted. */
export function watchClock(clock: Pick<Clock, 'installation' | 'machine'>, log: Pick<Logger, 'warn'>): () => void {
  let isTold = false
  return () => {
    const apartMs = Math.round(clock.installation().getTime() - clock.machine())
    const isApart = Math.abs(apartMs) > APART_MAX_MS
    if (isApart && !isTold) {
      log.warn(
        { apartMs },
        'the time of day was set, or the machine slept, since the server started: restart it if others share its database',
      )
    }
    isTold = isApart
  }
}
