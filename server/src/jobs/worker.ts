import type { QueueName } from '@shenpi/sdk/contract/states'
import type { Logger } from 'pino'
import { FailureLog } from '../log/failure-log.ts'
import type { Clock } from '../time/clock.ts'
import { FairClaim, type Places, type Turn } from './fair-claim.ts'

/** A place in a worker for a job whose row is about to be committed. It is used up by one of the two. */
export interface Place<Job> {
  /** When it was taken, by the machine's time: the row's lease begins here where the database has no time of its own. */
  takenAt: number
  /** The row is committed, leased. */
  run(job: Job): void
  giveBack(): void
}

export interface Worker {
  name: QueueName
  /** An account has new work: look for it now instead of at the next look. */
  wake(accountId: number): void
  /**
   * How far behind it is, in milliseconds: how long the account has waited that has waited longest for its turn, or how long
   * the worker has not come round. An account whose own server is slow does not count.
   */
  age(): number
  /**
   * Work off what is due of an account, and wait for what is under way. What fails stays due, in a lease that somebody else
   * may take over later.
   */
  settle(accountId: number): Promise<void>
  /** Take no more work and wait for what is under way. */
  stop(): Promise<void>
}

/** A worker as its own queue sees it. */
export interface JobWorker<Job> extends Worker {
  /** Take a place for a new job of an account. Undefined: the job waits for the account's turn. */
  reserve(accountId: number): Place<Job> | undefined
}

/** How far behind a queue is: see {@link Worker.age}. */
export interface QueueAge {
  queue: QueueName
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
/** Accounts that are asked one by one when they cannot be looked for together: so many that were served before, and others. */
const ASKED_AT_ONCE = 500

/** Where a worker finds its jobs, and what it does with them. */
export interface JobSource<Job extends { accountId: number }> {
  name: QueueName
  places: Places
  /** A page of the accounts that have due work, after an account; `next` is where the next page begins, 0 at the end. */
  listDue: (after: number) => Promise<{ accountIds: number[]; next: number }>
  /** A page of all accounts, with work or without. */
  listAccounts: (page: { afterId: number; limit: number }) => Promise<number[]>
  /** Take over at most `limit` due jobs of an account. */
  claim: (turn: Turn) => Promise<Job[]>
  /** Bring jobs forward that are due impossibly late, because a clock was ahead when they were written. */
  bringForward: () => Promise<void>
  /** @returns how long a foreign server kept it waiting, in milliseconds; undefined when none was asked */
  run: (job: Job) => Promise<number | undefined>
}

/**
 * Works through rows that are due: learns once a second, and whenever it is woken, which accounts have any, gives them turns
 * and runs their jobs side by side. New jobs may be handed to it without that. A job that throws comes back when its lease
 * ends. An account that cannot be claimed holds up no other: it is told of once, and tried again at the next look.
 */
export function startWorker<Job extends { accountId: number }>(
  { name, places, listDue, listAccounts, claim, bringForward, run }: JobSource<Job>,
  { clock, log }: { clock: Clock; log: Logger },
): JobWorker<Job> {
  const fairClaim = new FairClaim(places)
  let stopping = false
  let active = 0
  let looking = false
  let claiming = 0
  let after = 0
  let askedTo = 0
  let lookDue = true
  let bringForwardAt = clock.machine()
  let cameRoundAt = clock.machine()
  let woken = false
  let rouse = () => {}
  /** Who waits until an account has nothing to do. */
  const settling = new Map<() => void, number>()
  const failures = new FailureLog(log)
  const tell = (error: unknown, what: string) => failures.tell(error, { worker: name }, what)
  const failing = new Set<number | 'look'>()

  const wake = () => {
    woken = true
    rouse()
  }
  const timer = setInterval(() => {
    lookDue = true
    wake()
  }, LOOK_EVERY_MS)
  // As of what is repeated: what listens keeps the process.
  timer.unref()

  /** Tell what fails, once until it {@link succeeded}. */
  function failed(which: number | 'look', error: unknown, what: string): void {
    if (failing.has(which)) return
    if (failing.size < READY_MAX) failing.add(which)
    tell(error, what)
  }

  function succeeded(which: number | 'look'): void {
    failing.delete(which)
    cameRoundAt = clock.machine()
  }

  async function look(): Promise<void> {
    looking = true
    lookDue = false
    try {
      if (fairClaim.readyAccounts < READY_MAX) {
        const { accountIds, next } = await listDue(after)
        for (const accountId of accountIds) fairClaim.add(accountId, clock.machine())
        after = next
      }
      if (clock.machine() >= bringForwardAt) {
        await bringForward()
        bringForwardAt = clock.machine() + BRING_FORWARD_EVERY_MS
      }
      succeeded('look')
    } catch (error) {
      failed('look', error, 'due work could not be looked for: accounts are asked one by one')
      await askOneByOne()
    }
    looking = false
    wake()
  }

  /** The look is at all accounts, and a part of a sharded database that is down fails it. */
  async function askOneByOne(): Promise<void> {
    // Those that have never been served here, too: the server may have started since.
    const others = await listAccounts({ afterId: askedTo, limit: ASKED_AT_ONCE }).catch(() => [])
    askedTo = others.at(-1) ?? 0
    for (const accountId of [...fairClaim.known(ASKED_AT_ONCE), ...others]) {
      if (fairClaim.readyAccounts < READY_MAX) fairClaim.add(accountId, clock.machine())
    }
  }

  async function serve(turn: Turn): Promise<void> {
    claiming += 1
    let jobs: Job[] = []
    try {
      jobs = await claim(turn)
      succeeded(turn.accountId)
    } catch (error) {
      failed(turn.accountId, error, 'due work could not be claimed')
    }
    claiming -= 1
    fairClaim.take(turn, jobs.length, clock.machine())
    active += jobs.length
    for (const job of jobs) void work(job)
    wake()
  }

  /** For a place that is taken. */
  async function work(job: Job): Promise<void> {
    let waitedMs: number | undefined
    try {
      waitedMs = await run(job)
    } catch (error) {
      tell(error, 'a job failed and comes back when its lease ends')
    }
    leave(job.accountId, waitedMs)
  }

  function leave(accountId: number, waitedMs?: number): void {
    active -= 1
    fairClaim.end(accountId, waitedMs)
    wake()
  }

  /** Until a job ends, somebody wakes the worker, or the next look is due. */
  async function rest(): Promise<void> {
    if (woken) return
    const { promise, resolve } = Promise.withResolvers<void>()
    rouse = resolve
    await promise
  }

  function goOn(): void {
    // Claims go in rounds, and a round that hangs holds up the next for a second.
    const turns = claiming === 0 || lookDue ? fairClaim.next(CLAIMS_AT_ONCE - claiming) : []
    for (const turn of turns) void serve(turn)
    if (lookDue && !looking) void look()
  }

  function tellSettled(): void {
    for (const [settled, accountId] of settling) {
      if (fairClaim.isBusy(accountId) && !stopping) continue
      settling.delete(settled)
      settled()
    }
  }

  async function loop(): Promise<void> {
    while (!stopping || active > 0 || looking || claiming > 0) {
      woken = false
      if (!stopping) goOn()
      tellSettled()
      await rest()
    }
    clearInterval(timer)
    tellSettled()
  }

  const ended = loop()
  return {
    name,
    wake(accountId) {
      fairClaim.add(accountId, clock.machine())
      wake()
    },
    async settle(accountId) {
      const { promise, resolve } = Promise.withResolvers<void>()
      fairClaim.add(accountId, clock.machine())
      settling.set(resolve, accountId)
      wake()
      await promise
    },
    reserve(accountId) {
      if (stopping || !fairClaim.reserve(accountId)) return undefined
      active += 1
      return { takenAt: clock.machine(), run: (job) => void work(job), giveBack: () => leave(accountId) }
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
