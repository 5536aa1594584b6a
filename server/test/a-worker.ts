import pino from 'pino'
import { type JobSource, startWorker } from '../src/jobs/worker.ts'
import { testClock } from './test-clock.ts'

export const SILENT = pino({ level: 'silent' })
/** Times that jobs waited for others. Unit: milliseconds. */
const QUICK = 20
export const SLOW = 5000

export interface Job {
  accountId: number
  name: string
}

/** A queue in memory whose jobs end when the test says so, with a worker on it. */
export function aWorker(total = 2, changes: Partial<JobSource<Job>> = {}) {
  const due: Job[] = []
  const running = new Map<string, { end: (waitedMs: number) => void; fail: (error: Error) => void }>()
  const claims: number[] = []
  let most = 0
  const clock = testClock()
  const queue: JobSource<Job> = {
    name: 'deliveries',
    places: { total, slow: 1, perAccount: total, perSlowAccount: 1 },
    listDue: async () => ({ accountIds: [...new Set(due.map(({ accountId }) => accountId))], next: 0 }),
    listAccounts: async () => [],
    bringForward: async () => {},
    async claim({ accountId, limit }) {
      claims.push(limit)
      const jobs = due.filter((job) => job.accountId === accountId).slice(0, limit)
      for (const job of jobs) due.splice(due.indexOf(job), 1)
      return jobs
    },
    async run({ name }) {
      const { promise, resolve, reject } = Promise.withResolvers<number>()
      running.set(name, { end: resolve, fail: reject })
      most = Math.max(most, running.size)
      return await promise.finally(() => running.delete(name))
    },
    ...changes,
  }
  return {
    queue,
    clock,
    due,
    claims,
    /** An account's jobs are named after it: `a1` is the first of account 1, `a2` … */
    add: (accountId: number, ...names: string[]) => due.push(...names.map((name) => ({ accountId, name }))),
    running: () => [...running.keys()],
    most: () => most,
    end: (name: string, waitedMs = QUICK) => running.get(name)?.end(waitedMs),
    fail: (name: string) => running.get(name)?.fail(new Error('out of order')),
    start: () => startWorker(queue, { clock, log: SILENT }),
  }
}
