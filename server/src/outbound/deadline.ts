import { elapsed } from '../time/elapsed.ts'

/** Time goes by in so many steps. A step in which this process stood still takes no more than one step's time. */
const STEPS = 10

/**
 * A time limit. Its time passes only between `start` and `pause`, and only while this process runs: what waits in this
 * process, or is held up by it, is not the receiver's delay.
 */
export class Deadline implements Disposable {
  readonly #controller = new AbortController()
  readonly #aborted = Promise.withResolvers<never>()
  readonly #stepMs: number
  readonly #expired: () => Error
  readonly #outer: AbortSignal | undefined
  readonly #timeoutMs: number
  #spentMs = 0
  #startedAt = 0
  #timer: NodeJS.Timeout | undefined

  /** @param expired the reason when the time is over @param outer aborts with its own reason earlier */
  constructor(timeoutMs: number, expired: () => Error, outer?: AbortSignal) {
    this.#stepMs = timeoutMs / STEPS
    this.#timeoutMs = timeoutMs
    this.#expired = expired
    this.#outer = outer
    // The other side of the race may end before the abort.
    this.#aborted.promise.catch(() => {})
    if (outer?.aborted) this.#follow()
    else outer?.addEventListener('abort', this.#follow)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Rejects with the reason of `signal`; never resolves. */
  get aborted(): Promise<never> {
    return this.#aborted.promise
  }

  /** How much of its time has gone by. Unit: milliseconds. */
  get spentMs(): number {
    return this.#spentMs + (this.#timer ? this.#sinceStart() : 0)
  }

  start(): void {
    if (this.#timer || this.signal.aborted) return
    this.#startedAt = elapsed()
    this.#timer = setTimeout(() => this.#step(), Math.min(this.#stepMs, this.#timeoutMs - this.#spentMs))
  }

  pause(): void {
    if (!this.#timer) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#spentMs += this.#sinceStart()
  }

  /** End it now, whatever time is left. */
  abort(reason: unknown): void {
    this.pause()
    this.#controller.abort(reason)
    this.#aborted.reject(reason)
  }

  [Symbol.dispose](): void {
    this.pause()
    this.#outer?.removeEventListener('abort', this.#follow)
  }

  #sinceStart(): number {
    return Math.min(elapsed() - this.#startedAt, this.#stepMs)
  }

  #step(): void {
    this.pause()
    // A timer may be early by less than a millisecond.
    if (this.#timeoutMs - this.#spentMs < 1) this.abort(this.#expired())
    else this.start()
  }

  #follow = () => this.abort(this.#outer?.reason)
}
