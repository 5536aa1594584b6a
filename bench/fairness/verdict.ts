import { percentile } from '../statistics.ts'

/** The healthy merchant's actions, by their names in the table. */
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
  /** The highest `besideMs` that passes. */
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
