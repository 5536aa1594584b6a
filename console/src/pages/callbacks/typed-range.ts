import type { DeliveryFilters } from '../../data/account-filters.ts'
import type { ReplayRange } from '../../data/deliveries.ts'
import { isAppid } from '../../data/filters.ts'
import { fromChinaInput, toChinaInput } from '../../text/china-input.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** A range as it is typed. */
export interface TypedRange extends Pick<DeliveryFilters, 'state' | 'event'> {
  appid: string
  from: string
  until: string
}

/** What the list shows; without times the last day, of what failed. */
export function toTypedRange({ appid = '', state = 'failed', event, from, until }: DeliveryFilters): TypedRange {
  // To the minute behind now, as such a field has no seconds.
  const now = Date.now() + 60_000
  return {
    appid,
    state,
    event,
    from: toChinaInput(from ?? new Date(now - DAY_MS).toISOString()),
    until: toChinaInput(until ?? new Date(now).toISOString()),
  }
}

/** The range that is meant, or which field is wrong. */
export function toRange({ appid, from, until, ...rest }: TypedRange): {
  range?: ReplayRange
  fault?: 'time' | 'appid'
} {
  const [begin, end] = [fromChinaInput(from), fromChinaInput(until)]
  if (!begin || !end || begin >= end) return { fault: 'time' }
  const account = appid.trim()
  if (account && !isAppid(account)) return { fault: 'appid' }
  return { range: { ...rest, appid: account || undefined, from: begin, until: end } }
}
