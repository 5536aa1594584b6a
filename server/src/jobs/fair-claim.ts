import { AccountsByTurn } from './accounts-by-turn.ts'

export interface Places {
  /** Jobs under way at once in this process. */
  total: number
  /** Of these, jobs of accounts with slow servers: the rest is kept for the others. */
  slow: number
  /** Jobs of one account. */
  perAccount: number
  /** Jobs of an account whose server is slow. */
  perSlowAccount: number
}

/** A job that waited so long for a foreign server was slow. Unit: milliseconds. */
const SLOW_MS = 2500
/** After so many quick jobs in a row an account is slow no more. */
const QUICK_AGAIN = 4
/** Slow accounts among those that are served together: what they wait for ends little by little then, and quick ones go first. */
const SLOW_AT_ONCE = 2
/** Accounts that are kept in mind: of those served longest ago nothing is known. */
const KNOWN_MAX = 10_000

interface Standing {
  running: number
  slow: boolean
  quickInRow: number
  /** Counts up: the lowest was served longest ago. */
  turn: number
}

/** Places to take work of an account for. */
export interface Turn {
  accountId: number
  limit: number
}

/**
 * Who may have how much under way in a queue's worker. Accounts with work take turns, the one served longest ago first. An
 * account begins with one place and gets another with each quick job; one whose server keeps us waiting gets few, and
 * all slow ones together leave places free: however many servers hang, a quick one is served at once.
 */
export class FairClaim {
  readonly #places: Places
  /** The one served longest ago first. */
  readonly #standings = new Map<number, Standing>()
  /** Accounts that have work as far as is known, and since when they wait for their turn, by the machine's time. */
  readonly #ready = new Map<number, number>()
  /** The same in two lists by turn, so that a free place needs no search through all of them. */
  readonly #quick = new AccountsByTurn()
  readonly #slow = new AccountsByTurn()
  #free: number
  #freeForSlow: number
  #turn = 0

  constructor(places: Places) {
    this.#places = places
    this.#free = places.total
    this.#freeForSlow = places.slow
  }

  get readyAccounts(): number {
    return this.#ready.size
  }

  /** The account has work that is due, as far as is known. */
  add(accountId: number, now: number): void {
    if (this.#ready.has(accountId)) return
    this.#ready.set(accountId, now)
    this.#lineOf(accountId).add(accountId, this.#turnOf(accountId))
  }

  /** The next accounts that may have more under way. Their places are taken until {@link take} tells what became of it. */
  next(count: number): Turn[] {
    if (this.#free <= 0 || count <= 0) return []
    const hasRoom = (accountId: number) => this.#roomOf(accountId) > 0
    const slow = this.#freeForSlow > 0 ? this.#slow.first(SLOW_AT_ONCE, hasRoom) : []
    const quick = this.#quick.first(count - slow.length, hasRoom)
    return [...quick, ...slow].flatMap((accountId) => {
      const limit = this.#roomOf(accountId)
      if (limit <= 0) return []
      // Whoever adds it from now on tells of work that this turn may not have seen.
      this.#lineOf(accountId).remove(accountId, this.#turnOf(accountId))
      this.#ready.delete(accountId)
      this.#serve(accountId, limit)
      return [{ accountId, limit }]
    })
  }

  /**
   * Take a place for one job that did not wait, if a turn would give it one now: the account has nothing older that waits,
   * and no other account waits for the place. A slow one waits for its turn.
   */
  reserve(accountId: number): boolean {
    const hasRoom = (id: number) => this.#roomOf(id) > 0
    if (this.#ready.has(accountId) || this.#standings.get(accountId)?.slow || !hasRoom(accountId)) return false
    if (this.#quick.first(1, hasRoom).length > 0) return false
    this.#serve(accountId, 1)
    return true
  }

  /** Whether the account has work under way, or some that waits for its turn. */
  isBusy(accountId: number): boolean {
    return this.#ready.has(accountId) || (this.#standings.get(accountId)?.running ?? 0) > 0
  }

  /** At most so many accounts that were served before, the one served longest ago first. */
  known(count: number): number[] {
    return [...this.#standings.keys()].slice(0, count)
  }

  /** So many jobs were found for a turn. */
  take({ accountId, limit }: Turn, found: number, now: number): void {
    this.#count(accountId, found - limit)
    if (found === limit) this.add(accountId, now)
  }

  /** End a job. @param waitedMs for a foreign server; undefined when none was asked */
  end(accountId: number, waitedMs: number | undefined): void {
    this.#count(accountId, -1)
    const standing = this.#standings.get(accountId)
    if (!standing || waitedMs === undefined) return
    standing.quickInRow = waitedMs < SLOW_MS ? standing.quickInRow + 1 : 0
    const slow = standing.quickInRow === 0 || (standing.slow && standing.quickInRow < QUICK_AGAIN)
    if (slow === standing.slow) return
    this.#freeForSlow += slow ? -standing.running : standing.running
    this.#changeLine(accountId, () => {
      standing.slow = slow
    })
  }

  /**
   * Since when the account waits that has waited longest for its turn, by the machine's time. Slow ones do not count, nor
   * does one of whose work something is under way.
   */
  waitingSince(): number | undefined {
    let longest: number | undefined
    for (const [accountId, since] of this.#ready) {
      const standing = this.#standings.get(accountId)
      if (standing && (standing.slow || standing.running > 0)) continue
      if (longest === undefined || since < longest) longest = since
    }
    return longest
  }

  #lineOf(accountId: number): AccountsByTurn {
    return this.#standings.get(accountId)?.slow ? this.#slow : this.#quick
  }

  #turnOf(accountId: number): number {
    return this.#standings.get(accountId)?.turn ?? 0
  }

  /** @param change of where it stands, if it is ready */
  #changeLine(accountId: number, change: () => void): void {
    const isReady = this.#ready.has(accountId)
    if (isReady) this.#lineOf(accountId).remove(accountId, this.#turnOf(accountId))
    change()
    if (isReady) this.#lineOf(accountId).add(accountId, this.#turnOf(accountId))
  }

  #roomOf(accountId: number): number {
    const { running = 0, slow = false, quickInRow = 0 } = this.#standings.get(accountId) ?? {}
    const { perAccount, perSlowAccount } = this.#places
    if (slow) return Math.min(perSlowAccount - running, this.#freeForSlow, this.#free)
    return Math.min(perAccount - running, 1 + quickInRow - running, this.#free)
  }

  #serve(accountId: number, limit: number): void {
    const standing = this.#standings.get(accountId) ?? { running: 0, slow: false, quickInRow: 0, turn: 0 }
    this.#turn += 1
    standing.turn = this.#turn
    this.#standings.delete(accountId)
    this.#standings.set(accountId, standing)
    this.#count(accountId, limit)
    this.#forgetOldest()
  }

  #count(accountId: number, change: number): void {
    const standing = this.#standings.get(accountId)
    if (!standing) return
    standing.running += change
    this.#free -= change
    if (standing.slow) this.#freeForSlow -= change
  }

  #forgetOldest(): void {
    if (this.#standings.size <= KNOWN_MAX) return
    for (const [accountId, { running }] of this.#standings) {
      if (running > 0) continue
      this.#changeLine(accountId, () => this.#standings.delete(accountId))
      return
    }
  }
}
