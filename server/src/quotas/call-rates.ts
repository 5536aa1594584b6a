import type { Call } from '@shenpi/sdk/contract/call'
import type { AccountLimits } from '../accounts/account-limits.ts'
import { tooMany } from '../problem.ts'

/** How often an account may make a call. 0: as often as it likes. */
export interface CallRates {
  daily: number
  minute: number
  second: number
}

/** What the operator lets an account do that has no limits of its own. */
export interface DefaultRates {
  daily: number
  minute: number
  /** Of the `/shop` calls alone. Source: docs/protocol/platform.md, quotas. */
  shopSecond: number
}

/** What holds for a call: the operator's limits, or what is documented for the call where that is less. */
export function ratesOf({ path, rate }: Pick<Call, 'path' | 'rate'>, defaults: DefaultRates): CallRates {
  const least = (limit: number, documented = Infinity) => (limit === 0 ? 0 : Math.min(limit, documented))
  return {
    daily: least(defaults.daily, rate?.daily),
    minute: least(defaults.minute, rate?.minute),
    second: path.startsWith('/shop/') ? defaults.shopSecond : 0,
  }
}

/** What holds for an account: its own limits come first. */
export function ratesFor({ dailyLimit, minuteLimit }: AccountLimits, rates: CallRates): CallRates {
  return { daily: dailyLimit ?? rates.daily, minute: minuteLimit ?? rates.minute, second: rates.second }
}

/** Calls made so far. */
export interface CallsMade {
  day: number
  minute: number
  second: number
}

/** @throws Problem `quota.daily`, `quota.minute`, `quota.burst`: the longest wait comes first. */
export function requireQuota(rates: CallRates, made: CallsMade): void {
  if (rates.daily !== 0 && made.day >= rates.daily) throw tooMany('quota.daily', rates.daily, made.day + 1, 'calls')
  if (rates.minute !== 0 && made.minute >= rates.minute)
    throw tooMany('quota.minute', rates.minute, made.minute + 1, 'calls')
  if (rates.second !== 0 && made.second >= rates.second)
    throw tooMany('quota.burst', rates.second, made.second + 1, 'calls')
}
