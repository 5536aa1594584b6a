import { type ApplicationKey, toApplicationId } from '../applications/application-id.ts'
import type { Cache, Caches } from '../caches.ts'
import type { Database } from '../db/open.ts'
import type { FailureLog } from '../log/failure-log.ts'
import type { Clock } from '../time/clock.ts'
import { listArrived, listWatched, type WatchedRow } from './watched-application.store.ts'

/** How often one looks while somebody listens. Unit: milliseconds. */
const LOOK_EVERY_MS = 1000
/** An application may be committed so long after it was applied for, as above. */
const LATE_MS = 10_000
/** New ones that are told of at once. */
const ARRIVED_MAX = 100
/** Watched ones that one statement asks for: reviewers watch those of very many accounts, and merchants use the database too. */
const WATCHED_AT_ONCE = 500
/** How long somebody may be away who comes again and misses none that came. Unit: milliseconds. */
const AWAY_MS = 10_000

export type ArrivedRow = Awaited<ReturnType<typeof listArrived>>[number]

export interface Listener {
  /** What tells who listens from all others. */
  actorKey: string
  keys: readonly ApplicationKey[]
  tellChanged(row: WatchedRow): void
  tellArrived(row: ArrivedRow): void
  /** After each look. @returns whether it goes on listening */
  goOn(): Promise<boolean>
  end(): void
}

interface WatchParts {
  db: Database
  clock: Clock
  failures: FailureLog
  caches: Caches
}

/**
 * Tells listeners how applications change, by one look a second for all of them; nobody looks while nobody listens. A look and
 * no notice of the writer: another server may write, and nothing that a merchant waits for should pay for it.
 */
export class ApplicationWatch implements Cache {
  readonly #parts: WatchParts
  /** What each was told of; undefined: nothing yet. */
  readonly #listeners = new Map<Listener, Map<string, string> | undefined>()
  readonly #arrived = new Map<string, { at: number; row: ArrivedRow }>()
  #since: Date
  #timer: NodeJS.Timeout | undefined
  #isLooking = false

  constructor(parts: WatchParts) {
    this.#parts = parts
    this.#since = parts.clock.installation()
    parts.caches.register(this)
  }

  /** Who listens is told again how what they watch stands. */
  empty(): void {
    this.#arrived.clear()
    for (const listener of this.#listeners.keys()) this.#listeners.set(listener, undefined)
  }

  get size(): number {
    return this.#listeners.size
  }

  countOf(actorKey: string): number {
    return [...this.#listeners.keys()].filter((listener) => listener.actorKey === actorKey).length
  }

  add(listener: Listener): void {
    if (this.#listeners.size === 0) this.#since = new Date(this.#parts.clock.installation().getTime() - AWAY_MS)
    this.#listeners.set(listener, undefined)
    this.#schedule(0)
  }

  remove(listener: Listener): void {
    this.#listeners.delete(listener)
  }

  stop(): void {
    clearTimeout(this.#timer)
    for (const listener of this.#listeners.keys()) listener.end()
    this.#listeners.clear()
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer)
    // One look at a time, however many come: the one under way goes on to the next.
    if (!this.#isLooking) this.#timer = setTimeout(() => this.#lookAndGoOn(), ms)
  }

  async #lookAndGoOn(): Promise<void> {
    this.#isLooking = true
    try {
      await this.#look()
    } catch (error) {
      this.#parts.failures.tell(error, {}, 'a look at what changed failed')
    }
    this.#isLooking = false
    if (this.#listeners.size > 0) this.#schedule(LOOK_EVERY_MS)
  }

  async #look(): Promise<void> {
    const [watched, arrived] = await Promise.all([this.#readWatched(), this.#readArrived()])
    for (const [listener, before] of this.#listeners) {
      const told = before ?? new Map()
      this.#listeners.set(listener, told)
      for (const { accountId, applicationNo } of listener.keys) {
        const id = toApplicationId({ accountId, applicationNo })
        const row = watched.get(id)
        const standing = row && standingOf(row)
        if (!standing || told.get(id) === standing) continue
        told.set(id, standing)
        listener.tellChanged(row)
      }
      for (const row of before ? arrived : this.#arrivedOfLate()) listener.tellArrived(row)
    }
    await Promise.all([...this.#listeners.keys()].map((listener) => this.#endUnlessAdmitted(listener)))
  }

  async #endUnlessAdmitted(listener: Listener): Promise<void> {
    if (await listener.goOn()) return
    this.remove(listener)
    listener.end()
  }

  async #readWatched(): Promise<Map<string, WatchedRow>> {
    const { db, clock } = this.#parts
    const watched = [...this.#listeners.keys()].flatMap(({ keys }) => keys)
    const keys = [...new Map(watched.map((key) => [toApplicationId(key), key])).values()]
    const rows: WatchedRow[] = []
    for (let first = 0; first < keys.length; first += WATCHED_AT_ONCE) {
      rows.push(...(await listWatched(db, keys.slice(first, first + WATCHED_AT_ONCE), clock.machine())))
    }
    return new Map(rows.map((row) => [idOf(row), row]))
  }

  /** Those that were not told before. */
  async #readArrived(): Promise<ArrivedRow[]> {
    const { db, clock } = this.#parts
    const now = clock.installation().getTime()
    const since = Math.max(this.#since.getTime(), now - LATE_MS)
    for (const [id, { at }] of this.#arrived) if (at < now - 2 * LATE_MS) this.#arrived.delete(id)
    const rows = await listArrived(db, new Date(since), ARRIVED_MAX)
    const untold = rows.filter((row) => !this.#arrived.has(idOf(row)))
    for (const row of untold) this.#arrived.set(idOf(row), { at: now, row })
    return untold
  }

  /** What somebody is told first who may have been away for a moment. */
  #arrivedOfLate(): ArrivedRow[] {
    const since = this.#parts.clock.installation().getTime() - AWAY_MS
    const ofLate = [...this.#arrived.values()].filter(({ at }) => at >= since)
    return ofLate.slice(-ARRIVED_MAX).map(({ row }) => row)
  }
}

const idOf = (row: { account_id: number; application_no: number }): string =>
  toApplicationId({ accountId: row.account_id, applicationNo: row.application_no })

/** What a listener is told of again when it differs; the end of a claim moves while it is used. */
const standingOf = ({ state, stage, version, claimed_by, is_claimed }: WatchedRow): string =>
  [state, stage, version, is_claimed ? claimed_by : ''].join(' ')
