/** The header that says which fault one request meets. */
export const FAULT_HEADER = 'X-Shenpi-Fault'

/** Rules of one account, and as many for all accounts together. */
export const FAULTS_MAX = 100
/** How long a rule lasts if it does not say, and how long it may last at most. Unit: seconds of the machine's time. */
export const FAULT_LASTS_S = { default: 3600, max: 7 * 86_400 } as const
/** The longest that one answer is kept waiting. Unit: milliseconds of the machine's time. */
export const DELAY_MAX_MS = 60_000
/** So many answers are kept waiting at once, and so many of one account: others go on without their delay. */
export const DELAYED_MAX = { inAll: 1000, ofAccount: 100 } as const
