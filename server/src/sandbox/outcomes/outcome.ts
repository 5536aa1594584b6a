import type { Move } from '@shenpi/sdk/contract/states'

/** When an outcome is given: at once, after a time of the account's clock, or after status queries. */
export type OutcomeTime =
  | { type: 'at_once' }
  | { type: 'after'; seconds: number }
  | { type: 'working_days'; days: number }
  /** So many queries answer that it is under review; the next one finds it decided. */
  | { type: 'polls'; polls: number }

/** What becomes of an application without anybody deciding it. */
export interface Outcome {
  /** `leave`: the staff decide it, whatever other rules say. */
  move: Move | 'leave'
  /** For a rejection. */
  reason: string
  /** The fields that are to be mended, by the wire's names. */
  fields: readonly string[]
  when: OutcomeTime
}

/** The most seconds, working days and polls. */
export const OUTCOME_MAX = { seconds: 10 * 366 * 86_400, days: 1000, polls: 1000 } as const
