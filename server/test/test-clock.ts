import type { Clock } from '../src/time/clock.ts'

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  /** The same for every account. */
  now(accountId?: number): Date
  due(accountId?: number): number
  /** Let time pass. */
  advance(ms: number): void
  /** Set the time of day, forward or back: no time passes. */
  set(at: Date): void
}

/** Saturday noon in China, in a year whose holidays are known. */
export const NOON = new Date('2026-03-14T12:00:00+08:00')

export function testClock(start: Date = NOON): TestClock {
  let now = start.getTime()
  let machine = now
  return {
    now: () => new Date(now),
    installation: () => new Date(now),
    due: () => machine,
    machine: () => machine,
    isMoved: false,
    advance: (ms) => {
      now += ms
      machine += ms
    },
    set: (at) => {
      now = at.getTime()
    },
  }
}
