import { setImmediate } from 'node:timers/promises'
import type { Cache, Caches } from '../caches.ts'
import type { Database } from '../db/open.ts'
import { listDecisionsOf } from './dashboard.store.ts'

export type DecisionDayRow = Awaited<ReturnType<typeof listDecisionsOf>>[number]

/** So many past days are kept at most, as the contract lets one ask for. */
const KEPT_MAX = 90

/**
 * What was decided on each day. A day that is over does not change any more and is read once; yesterday may, where two
 * servers' clocks differ.
 */
export class DecisionDays implements Cache {
  readonly #db: Database
  readonly #past = new Map<number, Promise<readonly DecisionDayRow[]>>()

  constructor({ db, caches }: { db: Database; caches: Caches }) {
    this.#db = db
    caches.register(this)
  }

  empty(): void {
    this.#past.clear()
  }

  /** @param from the first day @param today as `chinaDay` counts both */
  async list(from: number, today: number): Promise<DecisionDayRow[]> {
    const rows: DecisionDayRow[] = []
    for (let day = from; day <= today; day += 1) {
      const isOver = day < today - 1
      rows.push(...(await (isOver ? this.#readPast(day) : this.#read(day))))
    }
    return rows
  }

  #readPast(day: number): Promise<readonly DecisionDayRow[]> {
    const known = this.#past.get(day)
    if (known) return known
    const read = this.#read(day)
    this.#past.set(day, read)
    read.catch(() => this.#past.delete(day))
    for (const old of this.#past.keys()) if (old < day - KEPT_MAX) this.#past.delete(old)
    return read
  }

  /** Each day is read on its own, and others have their turn between two: SQLite answers without a pause. */
  async #read(day: number): Promise<readonly DecisionDayRow[]> {
    const rows = await listDecisionsOf(this.#db, day)
    await setImmediate()
    return rows
  }
}
