import { percentile } from '../statistics.ts'

/** What the healthy merchant does all the while, by the name that the table has for it. */
export const LANES = ['status query', 'submit', 'decision to receiver', 'picture upload'] as const
export type Lane = (typeof LANES)[number]

/** How long each action of a lane took, in milliseconds; one that never ended counts as long as it was waited for. */
export interface Timings {
  times: number[]
  /** Why actions failed. A healthy merchant's do not. */
  failures: string[]
}

export interface Verdict {
  aloneMs: number
  besideMs: number
  /** What `besideMs` may be at most. */
  barMs: number
  isPassed: boolean
}

/**
 * The bar: beside whatever another merchant does, one in a hundred actions of a healthy one takes at most twice as long
 * as alone, and 250 ms.
 */
export function judge(alone: Timings, beside: Timings): Verdict {
  const aloneMs = percentile(alone.times, 0.99)
  const besideMs = percentile(beside.times, 0.99)
  const barMs = 2 * aloneMs + 250
  return { aloneMs, besideMs, barMs, isPassed: besideMs <= barMs && beside.failures.length === 0 }
}
