import { FairSemaphore } from '../fair-semaphore.ts'

interface AccountWritesOptions {
  /** Accounts that one write covers while all goes well; 1: each account has its own. */
  together: number
  /** Writes of single accounts under way at once. */
  places: number
  /** Write what waits for these accounts: all of it, or nothing, and then it waits again. */
  write(accountIds: readonly number[]): Promise<void>
  /** Told of what went wrong; it is tried again with the next `writeAll`. */
  onFailure(error: unknown): void
}

/**
 * Writes what is collected in memory for many accounts. What cannot be written together is written account by account, and
 * an account that fails stays apart until it goes well again: so an account whose rows cannot be written, or whose write
 * takes long, holds up no other. Of one account one write is under way at a time.
 */
export class AccountWrites {
  readonly #options: AccountWritesOptions
  readonly #places: FairSemaphore
  /** Ends of what is under way, by account; none of them rejects. */
  readonly #busy = new Map<number, Promise<void>>()
  /** Accounts whose last write failed. */
  readonly #apart = new Set<number>()

  constructor(options: AccountWritesOptions) {
    this.#options = options
    this.#places = new FairSemaphore({ permits: options.places, perAccount: 1, waitingPerAccount: 1 })
  }

  /** Write those accounts of which no write is under way. Waits for none that is apart. */
  async writeAll(accountIds: Iterable<number>): Promise<void> {
    const { together } = this.#options
    const group: number[] = []
    for (const accountId of [...accountIds].filter((id) => !this.#busy.has(id))) {
      if (together === 1 || this.#apart.has(accountId)) void this.#writeApart(accountId)
      else group.push(accountId)
    }
    for (let start = 0; start < group.length; start += together) {
      await this.#writeTogether(group.slice(start, start + together))
    }
  }

  /** Write what waits now and wait until that went well or failed. */
  async flush(accountIds: () => Iterable<number>): Promise<void> {
    await Promise.all(this.#busy.values())
    await this.writeAll(accountIds())
    await Promise.all(this.#busy.values())
  }

  /** Wait until no write is under way, also none that begins meanwhile. @param accountId of this account alone */
  async idle(accountId?: number): Promise<void> {
    const under = () => (accountId === undefined ? [...this.#busy.values()] : [this.#busy.get(accountId) ?? []].flat())
    for (let busy = under(); busy.length > 0; busy = under()) await Promise.all(busy)
  }

  /** Write one account now. @throws what its write fails with */
  async write(accountId: number): Promise<void> {
    await this.alone(accountId, () => this.#options.write([accountId]))
    this.#apart.delete(accountId)
  }

  /** Do something for an account while none of its writes is under way. */
  alone<T>(accountId: number, work: () => Promise<T>): Promise<T> {
    const done = (this.#busy.get(accountId) ?? Promise.resolve()).then(work)
    this.#hold(accountId, done)
    return done
  }

  async #writeTogether(group: readonly number[]): Promise<void> {
    const accountIds = group.filter((accountId) => !this.#busy.has(accountId))
    if (accountIds.length === 0) return
    const written = this.#options.write(accountIds)
    for (const accountId of accountIds) this.#hold(accountId, written)
    try {
      await written
    } catch {
      for (const accountId of accountIds) void this.#writeApart(accountId)
    }
  }

  async #writeApart(accountId: number): Promise<void> {
    const write = () => this.#places.run(accountId, () => this.#options.write([accountId]))
    try {
      await this.alone(accountId, write)
      this.#apart.delete(accountId)
    } catch (error) {
      this.#apart.add(accountId)
      this.#options.onFailure(error)
    }
  }

  #hold(accountId: number, work: Promise<unknown>): void {
    const release = () => {
      if (this.#busy.get(accountId) === held) this.#busy.delete(accountId)
    }
    const held: Promise<void> = work.then(release, release)
    this.#busy.set(accountId, held)
  }
}
