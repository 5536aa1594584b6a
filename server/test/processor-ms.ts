/** This thread's processor time for some work, which other programs of the machine do not change. Unit: milliseconds. */
export function processorMs(work: () => unknown): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}
