import type { Cache, Caches } from '../caches.ts'
import type { Database } from '../db/open.ts'
import { AccountWrites } from '../jobs/account-writes.ts'
import type { FailureLog } from '../log/failure-log.ts'
import { chinaDay } from '../time/china-time.ts'
import type { Clock } from '../time/clock.ts'
import { type CallCounter, enterMoment, keyOf, newCounter, sumUp } from './call-counter.ts'
import { type CallRates, requireQuota } from './call-rates.ts'
import { addUsage, readUsage } from './usage.store.ts'

const MINUTE_MS = 60_000
/** Counters that nobody asked for so long are let go. */
const IDLE_MS = 10 * MINUTE_MS
/** Accounts whose counters are written in one transaction, and single ones that are written at once when that fails. */
const WRITES = { together: 250, places: 4 }

/**
 * An account that has called more seldom is written only every ten seconds, so that ten thousand accounts that call now and
 * then do not cost ten thousand rows a second, unless one of its calls nears the limit of the day.
 */
const SELDOM = { calls: 100, everyMs: 10_000 }
/** So many calls before a limit it is near. */
const NEAR = 1000

/** What an account has to tell or to ask. */
interface Change {
  counters: Set<CallCounter>
  calls: number
  /** The machine's time from which on it is written, however little it is. */
  dueAt: number
}

interface AccountUsage {
  day: number
  /** Until what the database knows is read. */
  loading: Promise<void> | undefined
  /** The machine's time of the last call. */
  seenAt: number
  counters: Map<string, CallCounter>
}

interface MeterParts {
  db: Database
  clock: Clock
  failures: FailureLog
  caches: Caches
}

/**
 * Counts calls in this process and writes them about once a second, an account that calls seldom every ten, so that no answer
 * waits for a write. Servers on one database read each other's counts with the same statement, and near a limit of the day
 * every second, so it may be passed by the calls of one second.
 * Each server counts minutes and seconds by itself. What cannot be written is kept; where the answer to a commit was lost it
 * is written again, so that one second's calls may count twice.
 */
export class UsageMeter implements Cache {
  readonly #db: Database
  readonly #clock: Clock
  readonly #accounts = new Map<number, AccountUsage>()
  readonly #changes = new Map<number, Change>()
  readonly #writes: AccountWrites
  #tidiedAt = 0

  constructor({ db, clock, failures, caches }: MeterParts) {
    this.#db = db
    this.#clock = clock
    caches.register(this)
    const onFailure = (error: unknown) => failures.tell(error, {}, 'calls could not be counted and are tried again')
    this.#writes = new AccountWrites({ ...WRITES, write: (accountIds) => this.#write(accountIds), onFailure })
  }

  /**
   * Count a call, unless it is one too many.
   *
   * @throws Problem `quota.daily`, `quota.minute`, `quota.burst`
   */
  async take(accountId: number, path: string, rates: CallRates): Promise<void> {
    const now = this.#clock.now(accountId)
    const usage = this.#usageOf(accountId, chinaDay(now))
    usage.seenAt = this.#clock.machine()
    if (usage.loading) await usage.loading
    const counter = counterOf(usage, accountId, path)
    enterMoment(counter, now.getTime())
    const day = counter.stored + counter.sending + counter.pending
    const isNear = rates.daily !== 0 && day >= rates.daily - NEAR
    // Refused or not: a refused call asks whether another server has cleared the day.
    this.#note(counter, isNear ? 0 : usage.seenAt + SELDOM.everyMs)
    requireQuota(rates, { day, minute: counter.inMinute, second: counter.inSecond })
    counter.pending += 1
    counter.inMinute += 1
    counter.inSecond += 1
  }

  /** Begin to tell the database what was counted, and to learn what others have. An account that fails holds up no other. */
  async writeAll(): Promise<void> {
    const now = this.#clock.machine()
    const isDue = ({ calls, dueAt }: Change) => calls >= SELDOM.calls || dueAt <= now
    await this.#writes.writeAll([...this.#changes].flatMap(([accountId, change]) => (isDue(change) ? accountId : [])))
    this.#letGoOfIdle(this.#clock.machine())
  }

  async empty(accountId?: number): Promise<void> {
    this.#drop(accountId)
    await this.#writes.idle(accountId)
    // What was under way and failed waits again.
    this.#drop(accountId)
  }

  /** Tell it everything, as far as it can be told. */
  flush(): Promise<void> {
    return this.#writes.flush(() => this.#changes.keys())
  }

  /** Tell it what one account has called. @throws what the write fails with */
  flushAccount(accountId: number): Promise<void> {
    return this.#writes.write(accountId)
  }

  /**
   * Reset an account's counts of the day.
   *
   * @param clear does so in the database; nothing of the account is written meanwhile
   */
  async reset(accountId: number, clear: () => Promise<void>): Promise<void> {
    await this.#writes.alone(accountId, async () => {
      await this.#write([accountId])
      await clear()
      for (const counter of this.#accounts.get(accountId)?.counters.values() ?? []) counter.stored = 0
    })
  }

  #drop(accountId: number | undefined): void {
    for (const kept of [this.#accounts, this.#changes]) {
      if (accountId === undefined) kept.clear()
      else kept.delete(accountId)
    }
  }

  #note(counter: CallCounter, dueAt: number): void {
    const change = this.#changes.get(counter.accountId) ?? { counters: new Set(), calls: 0, dueAt }
    this.#changes.set(counter.accountId, change)
    change.counters.add(counter)
    change.calls += 1
    change.dueAt = Math.min(change.dueAt, dueAt)
  }

  #usageOf(accountId: number, day: number): AccountUsage {
    const known = this.#accounts.get(accountId)
    if (known?.day === day) return known
    const usage: AccountUsage = { day, seenAt: 0, counters: new Map(), loading: undefined }
    usage.loading = readUsage(this.#db, { accountId, day }).then(
      (stored) => {
        for (const [path, used] of stored) counterOf(usage, accountId, path).stored = used
        usage.loading = undefined
      },
      (error) => {
        if (this.#accounts.get(accountId) === usage) this.#accounts.delete(accountId)
        throw error
      },
    )
    this.#accounts.set(accountId, usage)
    return usage
  }

  async #write(accountIds: readonly number[]): Promise<void> {
    const batch = accountIds.flatMap((accountId) => [...(this.#changes.get(accountId)?.counters ?? [])])
    for (const accountId of accountIds) this.#changes.delete(accountId)
    if (batch.length === 0) return
    for (const counter of batch) {
      counter.sending = counter.pending
      counter.pending = 0
    }
    try {
      const totals = await addUsage(this.#db, sumUp(batch))
      const byKey = new Map(totals.map((total) => [keyOf(total), total.used]))
      for (const counter of batch) counter.stored = byKey.get(keyOf(counter)) ?? counter.stored + counter.sending
    } catch (error) {
      for (const counter of batch) {
        counter.pending += counter.sending
        this.#note(counter, 0)
      }
      throw error
    } finally {
      for (const counter of batch) counter.sending = 0
    }
  }

  #letGoOfIdle(now: number): void {
    if (now - this.#tidiedAt < MINUTE_MS) return
    this.#tidiedAt = now
    for (const [accountId, { seenAt, counters }] of this.#accounts) {
      const isTold = () => [...counters.values()].every(({ sending }) => sending === 0) && !this.#changes.has(accountId)
      if (seenAt < now - IDLE_MS && isTold()) this.#accounts.delete(accountId)
    }
  }
}

function counterOf({ day, counters }: AccountUsage, accountId: number, path: string): CallCounter {
  const known = counters.get(path)
  if (known) return known
  const counter = newCounter({ accountId, day, path })
  counters.set(path, counter)
  return counter
}
