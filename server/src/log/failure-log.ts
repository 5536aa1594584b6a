import type { Logger } from 'pino'
import { PerSecond } from './per-second.ts'

/** Lines in one second for failures of one sort, with their stacks; the others are only counted. */
const FAILURES_PER_SECOND = 10

/** Tells failures that may come in great numbers. */
export class FailureLog {
  readonly #log: Logger
  readonly #lines = new PerSecond(FAILURES_PER_SECOND)

  constructor(log: Logger) {
    this.#log = log
  }

  /** @param about what the line says beside the error */
  tell(err: unknown, about: Readonly<Record<string, unknown>>, what: string): void {
    if (!this.#lines.take()) return
    const untold = this.#lines.takeHeld()
    this.#log.error({ err, ...about, ...(untold > 0 && { untold }) }, what)
  }
}
