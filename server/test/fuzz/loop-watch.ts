import { monitorEventLoopDelay } from 'node:perf_hooks'
import { HOLD_MAX_MS, longestHoldMs } from '../loop-hold.ts'
import type { Connection } from './connection.ts'
import type { Outgoing } from './mutation.ts'
import type { Plan } from './plan.ts'

export interface Sent {
  plan: Plan
  outgoing: Outgoing
}

/** How often the loop's delay is sampled, in milliseconds; a delay may hold as much more. */
const RESOLUTION_MS = 10
/** Attempts before a measure counts: a garbage collection may fall into any request. */
const TRIES = 3
/** Requests that are measured alone between two turns of the world. */
const SUSPECTS_MAX = 64

/**
 * Finds requests that hold the event loop. While many are under way it only notes which ones were when something held it,
 * another program of the machine perhaps; each of these is then sent alone, and the processor time of this thread counts.
 */
export class LoopWatch implements Disposable {
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  readonly #underWay = new Set<Sent>()
  readonly #suspects = new Set<Sent>()

  constructor() {
    this.#delay.enable()
  }

  async during<T>(sent: Sent, ask: () => Promise<T>): Promise<T> {
    this.#underWay.add(sent)
    try {
      return await ask()
    } finally {
      if (this.#delay.max / 1e6 > HOLD_MAX_MS + RESOLUTION_MS) {
        for (const each of this.#underWay) this.#suspects.add(each)
        this.#delay.reset()
      }
      this.#underWay.delete(sent)
    }
  }

  /** @returns the first of those noted that holds the loop alone as well */
  async findHolder(connection: Connection): Promise<(Sent & { holdMs: number }) | undefined> {
    const suspects = [...this.#suspects].slice(0, SUSPECTS_MAX)
    this.#suspects.clear()
    for (const suspect of suspects) {
      const holdMs = await holdOf(suspect, connection)
      if (holdMs > HOLD_MAX_MS) return { ...suspect, holdMs }
    }
    this.#delay.reset()
    return undefined
  }

  [Symbol.dispose](): void {
    this.#delay.disable()
  }
}

/** The shortest of some attempts. */
async function holdOf({ outgoing }: Sent, connection: Connection): Promise<number> {
  let holdMs = Infinity
  for (let tries = 0; tries < TRIES && holdMs > HOLD_MAX_MS; tries += 1) {
    holdMs = Math.min(holdMs, await longestHoldMs(() => connection.ask(outgoing)))
  }
  return holdMs
}
