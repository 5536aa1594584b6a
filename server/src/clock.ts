/** The only source of time. In production it is the machine's; a test or a sandbox hands in another. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }
