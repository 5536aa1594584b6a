/** The longest that a request may hold the event loop. Unit: milliseconds. Source: docs/protocol/conventions.md, body limits. */
export const HOLD_MAX_MS = 50

/**
 * How long work holds the event loop at most between two looks at its sockets.
 * Unit: milliseconds of this thread's processor time, which other programs of the machine do not change.
 */
export async function longestHoldMs(work: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let isDone = false
  let before = process.threadCpuUsage()
  const look = () => {
    const { user, system } = process.threadCpuUsage(before)
    longest = Math.max(longest, (user + system) / 1000)
    before = process.threadCpuUsage()
    if (!isDone) setImmediate(look)
  }
  setImmediate(look)
  try {
    await work()
  } finally {
    isDone = true
  }
  look()
  return longest
}
