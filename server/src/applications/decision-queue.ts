/** What the queues have in common whose jobs decide an application: each waits for its account's lock, behind the one before. */
export const DECISION_QUEUE = {
  key: { application_no: 'number' },
  waiting: 'waiting',
  share: 2,
  places: { total: 32, slow: 16, perSlowAccount: 1 },
  // Longer than a change waits for its permit.
  leaseMs: 30_000,
  retryGapsMs: [],
} as const
