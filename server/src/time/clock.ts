/** The only source of time. In production it is the machine's; a test or a sandbox hands in another. */
export interface Clock {
  /** The time of day, for what is shown, stored as a date or counted by the day. It may be set forward and back. */
  now(): Date
  /**
   * Milliseconds of a clock that only moves forward: for leases, for the gaps between tries, and for whatever ends so long
   * after it began. It starts as the time of day at the start of the process, so that what it says may be stored and
   * means about the same to another process.
   */
  machine(): number
}

export const systemClock: Clock = {
  now: () => new Date(),
  machine: () => Math.floor(performance.timeOrigin + performance.now()),
}
