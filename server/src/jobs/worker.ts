import type { Logger } from 'pino'

export interface Worker {
  /** Look for due work now instead of at the next look. */
  wake(): void
  /** Take no more work and wait for what is under way. */
  stop(): Promise<void>
}

/** How often a worker looks for due work by itself, in milliseconds of the machine's time. */
const LOOK_EVERY_MS = 1000

export interface Queue<Job> {
  name: string
  /** Take over at most `limit` due jobs. */
  claim: (limit: number) => Promise<Job[]>
  run: (job: Job) => Promise<void>
  /** Jobs under way at once. */
  concurrency: number
}

/**
 * Works through rows that are due: claims as many as it has room for and runs them side by side. A job that throws
 * comes back when its lease ends.
 */
export function startWorker<Job>({ name, claim, run, concurrency }: Queue<Job>, log: Logger): Worker {
  let stopping = false
  let active = 0
  let woken = false
  let rouse = () => {}

  async function work(job: Job): Promise<void> {
    active += 1
    try {
      await run(job)
    } catch (error) {
      log.error({ err: error, worker: name }, 'a job failed and comes back when its lease ends')
    } finally {
      active -= 1
      rouse()
    }
  }

  async function claimSome(limit: number): Promise<Job[]> {
    try {
      return await claim(limit)
    } catch (error) {
      log.error({ err: error, worker: name }, 'due work could not be claimed')
      return []
    }
  }

  /** Until a job ends, somebody wakes the worker, or the next look is due. */
  async function rest(): Promise<void> {
    if (woken) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, LOOK_EVERY_MS)
    rouse = resolve
    await promise
    clearTimeout(timer)
  }

  async function loop(): Promise<void> {
    while (!stopping) {
      woken = false
      const room = concurrency - active
      const jobs = room > 0 ? await claimSome(room) : []
      for (const job of jobs) void work(job)
      if (jobs.length === 0 || jobs.length === room) await rest()
    }
    while (active > 0) {
      woken = false
      await rest()
    }
  }

  const ended = loop()
  const wake = () => {
    woken = true
    rouse()
  }
  return {
    wake,
    async stop() {
      stopping = true
      wake()
      await ended
    },
  }
}
