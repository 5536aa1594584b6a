import type { Database } from '../db/open.ts'
import { listDecisionDays } from './dashboard.store.ts'

export type DecisionDayRow = Awaited<ReturnType<typeof listDecisionDays>>[number]

/** So many past days are kept at most, as the contract lets one ask for. */
const KEPT_MAX = 90

/**
 * What was decided on each day. A day that is over does not change any more and is read once; yesterday may, where two
 * servers' clocks differ.
 */
export class DecisionDays {
  readonly #db: Database
  readonly #past = new Map<number, Promise<readonly DecisionDayRow[]>>()

  constructor(db: Database) {
    this.#db = db
  }

  /** @param from the first day @param today as `chinaDay` counts both */
  async list(from: number, today: number): Promise<DecisionDayRow[]> {
    const rows: DecisionDayRow[] = []
    // One after another: a day of a large installation takes its time, and others want theirs between.
    for (let day = from; day < today - 1; day += 1) rows.push(...(await this.#readPast(day)))
    rows.push(...(await listDecisionDays(this.#db, Math.max(from, today - 1), today)))
    return rows
  }

  #readPast(day: number): Promise<readonly DecisionDayRow[]> {
    const known = this.#past.get(day)
    if (known) return known
    const read = listDecisionDays(this.#db, day, day)
    this.#past.set(day, read)
    read.catch(() => this.#past.delete(day))
    for (const old of this.#past.keys()) if (old < day - KEPT_MAX) this.#past.delete(old)
    return read
  }
}
