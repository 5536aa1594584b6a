/** How long closing waits for what has no end of its own, such as a stream of the native API. Unit: milliseconds. */
const WAIT_MS = 10_000

/** Unit: milliseconds; nothing is done then. */
const HOLD_MS = 60_000

/** What a sandbox does for its test: closing waits for it, and nothing begins after that. */
export class UnderWay {
  readonly #all = new Set<Promise<unknown>>()
  #isClosed = false
  /** Keeps the process for as long as something is under way: what a sandbox waits for may keep it no longer by itself. */
  #held: NodeJS.Timeout | undefined

  /** @throws Error when the sandbox is closed */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw closed()
    const promise = work()
    this.#all.add(promise)
    this.#held ??= setInterval(() => {}, HOLD_MS)
    try {
      return await promise
    } finally {
      this.#all.delete(promise)
      if (this.#all.size === 0) this.#letGo()
    }
  }

  /** Until nothing is under way. */
  async settle(): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<boolean>()
    const timer = setTimeout(() => resolve(true), WAIT_MS)
    let isLate = false
    while (this.#all.size > 0 && !isLate) {
      isLate = await Promise.race([late, Promise.allSettled([...this.#all]).then(() => false)])
    }
    clearTimeout(timer)
  }

  close(): void {
    this.#isClosed = true
  }

  #letGo(): void {
    clearInterval(this.#held)
    this.#held = undefined
  }
}

const closed = (): Error =>
  Object.assign(new Error('This sandbox is closed. Did the test await everything that it began?'), {
    code: 'SANDBOX_CLOSED',
  })
