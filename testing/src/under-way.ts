/** How long closing waits for what has no end of its own, such as a stream of the native API. Unit: milliseconds. */
const WAIT_MS = 10_000

/** What a sandbox does for its test: closing waits for it, and nothing begins after that. */
export class UnderWay {
  readonly #all = new Set<Promise<unknown>>()
  #isClosed = false

  /** @throws Error when the sandbox is closed */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw closed()
    const promise = work()
    this.#all.add(promise)
    try {
      return await promise
    } finally {
      this.#all.delete(promise)
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
}

const closed = (): Error =>
  Object.assign(new Error('This sandbox is closed. Did the test await everything that it began?'), {
    code: 'SANDBOX_CLOSED',
  })
