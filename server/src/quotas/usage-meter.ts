import type { Database } from '../db/open.ts'
import { chinaDay } from '../time/china-time.ts'
import type { Clock } from '../time/clock.ts'
import { type CallCounter, enterMoment, keyOf, newCounter, sumUp } from './call-counter.ts'
import { type CallRates, requireQuota } from './call-rates.ts'
import { addUsage, readUsage } from './usage.store.ts'

const MINUTE_MS = 60_000
/** Counters that nobody asked for so long are let go. */
const IDLE_MS = 10 * MINUTE_MS
/** Counters that are written in one transaction. */
const BATCH_MAX = 1024

interface AccountUsage {
  day: number
  /** Until what the database knows is read. */
  loading: Promise<void> | undefined
  /** The machine's time of the last call. */
  seenAt: number
  counters: Map<string, CallCounter>
}

/**
 * Counts calls in this process and writes them about once a second, so that no answer waits for a write. Servers on one
 * database read each other's counts with the same statement, so a daily limit may be passed by the calls of one second.
 * Each server counts minutes and seconds by itself.
 */
export class UsageMeter {
  readonly #db: Database
  readonly #clock: Clock
  readonly #accounts = new Map<number, AccountUsage>()
  /** Counters that have something to tell or to ask. */
  #changed = new Set<CallCounter>()
  /** The last write, whether it went well or not: they happen one after another. */
  #written: Promise<unknown> = Promise.resolve()
  #tidiedAt = 0

  constructor({ db, clock }: { db: Database; clock: Clock }) {
    this.#db = db
    this.#clock = clock
  }

  /**
   * Count a call, unless it is one too many.
   *
   * @throws Problem `quota.daily`, `quota.minute`, `quota.burst`
   */
  async take(accountId: number, path: string, rates: CallRates): Promise<void> {
    const now = this.#clock.now()
    const usage = this.#usageOf(accountId, chinaDay(now))
    usage.seenAt = this.#clock.machine()
    if (usage.loading) await usage.loading
    const counter = counterOf(usage, accountId, path)
    enterMoment(counter, now.getTime())
    // Refused or not: a refused call asks whether another server has cleared the day.
    this.#changed.add(counter)
    const day = counter.stored + counter.sending + counter.pending
    requireQuota(rates, { day, minute: counter.inMinute, second: counter.inSecond })
    counter.pending += 1
    counter.inMinute += 1
    counter.inSecond += 1
  }

  /** Tell the database what was counted, and learn what others have. */
  flush(): Promise<void> {
    return this.#afterOthers(() => this.#write())
  }

  /**
   * Reset an account's counts of the day.
   *
   * @param clear does so in the database; nothing is written meanwhile
   */
  async reset(accountId: number, clear: () => Promise<void>): Promise<void> {
    await this.#afterOthers(async () => {
      await this.#write()
      await clear()
      for (const counter of this.#accounts.get(accountId)?.counters.values() ?? []) counter.stored = 0
    })
  }

  #afterOthers(run: () => Promise<void>): Promise<void> {
    const done = this.#written.then(run)
    this.#written = done.catch(() => {})
    return done
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

  async #write(): Promise<void> {
    const changed = [...this.#changed]
    this.#changed = new Set()
    for (let start = 0; start < changed.length; start += BATCH_MAX) {
      const batch = changed.slice(start, start + BATCH_MAX)
      try {
        await this.#writeBatch(batch)
      } catch (error) {
        for (const counter of changed.slice(start)) this.#changed.add(counter)
        throw error
      }
    }
    this.#letGoOfIdle(this.#clock.machine())
  }

  async #writeBatch(batch: readonly CallCounter[]): Promise<void> {
    for (const counter of batch) {
      counter.sending = counter.pending
      counter.pending = 0
    }
    try {
      const totals = await addUsage(this.#db, sumUp(batch))
      const byKey = new Map(totals.map((total) => [keyOf(total), total.used]))
      for (const counter of batch) counter.stored = byKey.get(keyOf(counter)) ?? counter.stored + counter.sending
    } catch (error) {
      for (const counter of batch) counter.pending += counter.sending
      throw error
    } finally {
      for (const counter of batch) counter.sending = 0
    }
  }

  #letGoOfIdle(now: number): void {
    if (now - this.#tidiedAt < MINUTE_MS) return
    this.#tidiedAt = now
    for (const [accountId, { seenAt, counters }] of this.#accounts) {
      const isTold = () => [...counters.values()].every((counter) => !this.#changed.has(counter))
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
