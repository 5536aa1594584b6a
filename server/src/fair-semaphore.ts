interface FairSemaphoreOptions {
  /** Jobs under way at once. */
  permits: number
  /** Jobs of one account under way at once. */
  perAccount: number
  /** Jobs of one account that may wait besides. */
  waitingPerAccount: number
  /** How long a job may wait, in milliseconds; for ever if absent. */
  longestWaitMs?: number
}

/** An account has as many jobs waiting as it may: what they are, the caller says in its own words. */
export class TooManyWaiting extends Error {
  override readonly name = 'TooManyWaiting'
  /** Jobs that may wait. */
  readonly limit: number
  constructor(limit: number) {
    super(`more than ${limit} jobs of an account wait`)
    this.limit = limit
  }
}

/** A job's turn did not come in time: what it waited for, the caller says in its own words. */
export class WaitedTooLong extends Error {
  override readonly name = 'WaitedTooLong'
  /** As `longestWaitMs` says. */
  readonly waitedMs: number
  constructor(waitedMs: number) {
    super(`the turn of a job did not come in ${waitedMs} ms`)
    this.waitedMs = waitedMs
  }
}

interface Share {
  accountId: number
  running: number
  /** Functions that start the waiting jobs, the first first. */
  waiting: (() => void)[]
}

/**
 * Bounds what is under way at once in this process, and shares it out by account: accounts that wait take turns, so one
 * that asks for a thousand jobs delays another by at most one round of those under way.
 */
export class FairSemaphore {
  readonly #options: FairSemaphoreOptions
  #free: number
  readonly #shares = new Map<number, Share>()
  /** Accounts that have a job waiting and may start one, in the order of their turns. */
  readonly #turns = new Set<Share>()

  constructor(options: FairSemaphoreOptions) {
    this.#options = options
    this.#free = options.permits
  }

  /**
   * Do `work` when it is the account's turn.
   *
   * @param signal gives up waiting; work that has begun is for the caller to end
   * @throws TooManyWaiting at once when the account has too many jobs waiting
   * @throws WaitedTooLong when there is a longest wait and the job's turn did not come within it
   * @throws the reason of `signal` when it was aborted while the job waited
   */
  async run<T>(accountId: number, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted()
    const share = await this.#acquire(accountId, signal)
    try {
      return await work()
    } finally {
      this.#release(share)
    }
  }

  #acquire(accountId: number, signal: AbortSignal | undefined): Promise<Share> {
    const share = this.#shares.get(accountId) ?? { accountId, running: 0, waiting: [] }
    const mustWait = this.#free === 0 || share.running >= this.#options.perAccount || share.waiting.length > 0
    const { waitingPerAccount, longestWaitMs } = this.#options
    if (mustWait && share.waiting.length >= waitingPerAccount) {
      return Promise.reject(new TooManyWaiting(waitingPerAccount))
    }
    this.#shares.set(accountId, share)
    const { promise, resolve, reject } = Promise.withResolvers<Share>()
    let timer: NodeJS.Timeout | undefined
    const start = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      resolve(share)
    }
    const giveUp = (reason: unknown) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      share.waiting.splice(share.waiting.indexOf(start), 1)
      this.#settle(share)
      reject(reason)
    }
    const onAbort = () => giveUp(signal?.reason)
    share.waiting.push(start)
    this.#settle(share)
    this.#startNext()
    if (mustWait) {
      signal?.addEventListener('abort', onAbort, { once: true })
      if (longestWaitMs !== undefined) {
        timer = setTimeout(() => giveUp(new WaitedTooLong(longestWaitMs)), longestWaitMs)
      }
    }
    return promise
  }

  #release(share: Share): void {
    share.running -= 1
    this.#free += 1
    this.#settle(share)
    this.#startNext()
  }

  /** Give the account a turn if it can use one, and forget it when it has nothing to do. */
  #settle(share: Share): void {
    if (share.waiting.length === 0 || share.running >= this.#options.perAccount) this.#turns.delete(share)
    else this.#turns.add(share)
    if (share.waiting.length === 0 && share.running === 0) this.#shares.delete(share.accountId)
  }

  #startNext(): void {
    for (const share of this.#turns) {
      if (this.#free === 0) return
      const start = share.waiting.shift()
      share.running += 1
      this.#free -= 1
      // To the end of the turns, if the account can use another one.
      this.#turns.delete(share)
      this.#settle(share)
      start?.()
    }
  }
}
