/** What a server keeps in memory of what the database holds: read from it, or counted and not yet written to it. */
export interface Cache {
  /**
   * Forget it: what was read is read again, what is being written is waited for, what waits to be written is dropped, and
   * what was read before is not kept behind it.
   *
   * @param accountId only of this account; default: of all, and of what belongs to none
   */
  empty(accountId?: number): void | Promise<void>
}

/**
 * The caches of one server. Each registers itself in its constructor, so that whoever puts another state into the database
 * can forget none. A process may run many servers: nothing is global.
 */
export class Caches {
  readonly #caches: Cache[] = []

  register(cache: Cache): void {
    this.#caches.push(cache)
  }

  /** Also where one cannot be emptied the others are, before it throws. */
  async empty(accountId?: number): Promise<void> {
    const emptied = await Promise.allSettled(this.#caches.map(async (cache) => await cache.empty(accountId)))
    for (const one of emptied) if (one.status === 'rejected') throw one.reason
  }
}
