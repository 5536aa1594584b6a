/** The only source of time. In production it is the machine's; a test or a sandbox hands in another. */
export interface Clock {
  /**
   * The account's time of day, for what is shown, stored as a date or counted by the day. It may be set forward and back.
   *
   * @param accountId whose: it has no default, so that nothing of an account is dated by another's clock
   */
  now(accountId: number): Date
  /** The time of day of what belongs to no account: staff, keys, policy. */
  installation(): Date
  /**
   * Milliseconds by which an account's work falls due. In production they are those of {@link machine}; in a sandbox those of
   * {@link now}, as an account's clock is set there on purpose.
   */
  due(accountId: number): number
  /**
   * Milliseconds of a clock that only moves forward: for leases, for sessions, and for whatever ends so long after it began
   * whatever an account's clock says. It starts as the time of day at the start of the process, so that what it says may be
   * stored and means about the same to another process.
   */
  machine(): number
  /** Whether some account's time is another than the machine's: in a sandbox. */
  readonly isMoved: boolean
}

const machine = () => Math.floor(performance.timeOrigin + performance.now())

export const systemClock: Clock = {
  now: () => new Date(),
  installation: () => new Date(),
  due: machine,
  machine,
  isMoved: false,
}
