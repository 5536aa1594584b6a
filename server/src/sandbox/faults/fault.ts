import type { ApiFaultEffect } from '@shenpi/sdk/contract/api'
import type { FaultPlace } from '@shenpi/sdk/contract/states'

/** What a rule of faults looks at. Left out: every call, every event, each time. */
export interface FaultMatch {
  paths?: readonly string[]
  events?: readonly string[]
  skip?: number
  next?: number
  share?: number
}

/** A fault, wherever it was asked for: by a rule, by a scenario's name, by the header of one request. */
export interface Fault {
  scenario: string | null
  match: FaultMatch
  effect: ApiFaultEffect
  /** Where on a call's way; null: it strikes callbacks. */
  where: FaultPlace | null
  /** It strikes so often; null: until its end. */
  times: number | null
}

/** The key of rules for all accounts: no account has it. */
export const EVERY_ACCOUNT = 0

/** A fault that was set to strike from now on. */
export interface FaultRule extends Fault {
  /** An account, or {@link EVERY_ACCOUNT}. */
  accountId: number
  name: string
  /** In which order rules are looked at. */
  position: number
  /** By the machine's clock: a rule that was forgotten ends by itself. */
  endsAt: Date
  /** What matched so far. */
  seen: number
  /** How often it struck. */
  hits: number
}

/** What a rule may strike: a call at a place of its way, or a callback. */
export type Struck = { where: FaultPlace; path: string } | { where: null; event: string }

/** Whether it may still strike. @param machineNow by the machine's clock */
export const isActive = ({ endsAt, times, hits }: FaultRule, machineNow: number): boolean =>
  endsAt.getTime() > machineNow && (times === null || hits < times)

export function fits({ where, match }: Fault, struck: Struck): boolean {
  if (where !== struck.where) return false
  const [names, name] = struck.where === null ? [match.events, struck.event] : [match.paths, struck.path]
  return names === undefined || names.includes(name)
}

/** Whether a rule strikes the one that it has just seen. @param drawn from 0 up to 1, without 1 */
export function strikes({ match: { skip = 0, next, share }, seen }: FaultRule, drawn: () => number): boolean {
  const nth = seen - skip
  if (nth < 1 || (next !== undefined && nth > next)) return false
  return share === undefined || drawn() < share
}

/** How long a delay lasts: always as long, or log-normal about its median. Unit: milliseconds of the machine's time. */
export function delayOf({ ms = 0, sigma }: ApiFaultEffect, longest: number, drawn: () => number): number {
  if (sigma === undefined) return Math.min(ms, longest)
  // Box and Muller's: two even draws make a normal one. The first is never 0.
  const normal = Math.sqrt(-2 * Math.log(1 - drawn())) * Math.cos(2 * Math.PI * drawn())
  return Math.min(Math.round(ms * Math.exp(sigma * normal)), longest)
}
