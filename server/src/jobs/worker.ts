import type { Logger } from 'pino'
import { FailureLog } from '../log/failure-log.ts'
import type { Clock } from '../time/clock.ts'
import { FairClaim, type Places, type Turn } from './fair-claim.ts'

export interface Worker {
  name: string
  /** An account has new work: look for it now instead of at the next look. */
  wake(accountId: number): void
  /**
   * How far behind it is, in milliseconds: how long the account has waited that has waited longest for its turn, or how long
   * the worker has not come round. An account whose own server is slow does not count.
   */
  age(): number
  /** Take no more work and wait for what is under way. */
  stop(): Promise<void>
}

/** How far behind a queue is: see {@link Worker.age}. */
export interface QueueAge {
  queue: string
  ageMs: number
}

/** How often a worker looks for due work by itself, in milliseconds of the machine's time. */
const LOOK_EVERY_MS = 1000
/** Accounts whose work is claimed side by side: on SQLite they share an fsync. */
const CLAIMS_AT_ONCE = 8
/** How often it looks for jobs that are due impossibly late. */
const BRING_FORWARD_EVERY_MS = 3_600_000
/** With so many accounts that have work it looks for no others. */
const READY_MAX = 10_000

/** Where a worker finds its jobs, and what it does with them. */
export interface JobSource<Job extends { accountId: number }> {
  name: string
  places: Places
  /** A page of the accounts that have due work, after an account; `next` is where the next page begins, 0 at the end. */
  listDue: (after: number) => Promise<{ accountIds: number[]; next: number }>
  /** Take over at most `limit` due jobs of an account. */
  claim: (turn: Turn) => Promise<Job[]>
  /** Bring jobs forward that are due impossibly late, because a clock was ahead when they were written. */
  bringForward: () => Promise<void>
  /** @returns how long a foreign server kept it waiting, in milliseconds; undefined when none was asked */
  run: (job: Job) => Promise<number | undefined>
}

/**
 * Works through rows that are due: learns once a second, and whenever it is woken, which accounts have any, gives them turns
 * and runs their jobs side by side. A job that throws comes back when its lease ends.
 */
export function startWorker<Job extends { accountId: number }>(
  { name, places, listDue, claim, bringForward, run }: JobSource<Job>,
  { clock, log }: { clock: Clock; log: Logger },
): Worker {
  const fairClaim = new FairClaim(places)
  let stopping = false
  let active = 0
  let after = 0
  let lookDue = true
  let bringForwardAt = clock.machine()
  let cameRoundAt = clock.machine()
  let woken = false
  let rouse = () => {}
  const failures = new FailureLog(log)
  const tell = (error: unknown, what: string) => failures.tell(error, { worker: name }, what)

  const wake = () => {
    woken = true
    rouse()
  }
  const timer = setInterval(() => {
    lookDue = true
    wake()
  }, LOOK_EVERY_MS)

  async function look(): Promise<void> {
    if (clock.machine() >= bringForwardAt) {
      await bringForward()
      bringForwardAt = clock.machine() + BRING_FORWARD_EVERY_MS
    }
    if (fairClaim.readyAccounts < READY_MAX) {
      const { accountIds, next } = await listDue(after)
      for (const accountId of accountIds) fairClaim.add(accountId, clock.machine())
      after = next
    }
    lookDue = false
  }

  async function serve(turn: Turn): Promise<void> {
    let jobs: Job[] = []
    try {
      jobs = await claim(turn)
    } finally {
      fairClaim.take(turn, jobs.length, clock.machine())
    }
    for (const job of jobs) void work(job)
  }

  async function work(job: Job): Promise<void> {
    active += 1
    let waitedMs: number | undefined
    try {
      waitedMs = await run(job)
    } catch (error) {
      tell(error, 'a job failed and comes back when its lease ends')
    } finally {
      active -= 1
      fairClaim.end(job.accountId, waitedMs)
      wake()
    }
  }

  /** @returns whether there may be more to do */
  async function goOn(): Promise<boolean> {
    try {
      if (lookDue) await look()
      const next = fairClaim.next(CLAIMS_AT_ONCE)
      const served = await Promise.allSettled(next.map(serve))
      for (const claimed of served) if (claimed.status === 'rejected') throw claimed.reason
      cameRoundAt = clock.machine()
      return next.length > 0
    } catch (error) {
      tell(error, 'due work could not be claimed')
      return false
    }
  }

  /** Until a job ends, somebody wakes the worker, or the next look is due. */
  async function rest(): Promise<void> {
    if (woken) return
    const { promise, resolve } = Promise.withResolvers<void>()
    rouse = resolve
    await promise
  }

  async function loop(): Promise<void> {
    while (!stopping) {
      woken = false
      if (!(await goOn())) await rest()
    }
    while (active > 0) {
      woken = false
      await rest()
    }
    clearInterval(timer)
  }

  const ended = loop()
  return {
    name,
    wake(accountId) {
      fairClaim.add(accountId, clock.machine())
      wake()
    },
    age() {
      const now = clock.machine()
      return Math.max(0, now - (fairClaim.waitingSince() ?? now), now - cameRoundAt - LOOK_EVERY_MS)
    },
    async stop() {
      stopping = true
      wake()
      await ended
    },
  }
}
