import type { Clock } from '../src/clock.ts'

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  /** Move forward. */
  advance(ms: number): void
  set(at: Date): void
}

/** Saturday noon in China, in a year whose holidays are known. */
export const NOON = new Date('2026-03-14T12:00:00+08:00')

export function testClock(start: Date = NOON): TestClock {
  let now = start.getTime()
  return {
    now: () => new Date(now),
    advance: (ms) => {
      now += ms
    },
    set: (at) => {
      now = at.getTime()
    },
  }
}
