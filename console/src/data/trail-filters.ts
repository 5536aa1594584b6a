/** What the trail shows, as the URL says it. Without an account: what belongs to none. */
export interface TrailFilters {
  actor?: string
  action?: string
  appid?: string
  /** Days in China, both included: `2026-11-28`. */
  from?: string
  to?: string
}

const TEXT_MAX = 128

/** What a URL holds that is no filter is left out. */
export function parseTrailFilters(search: Record<string, unknown>): TrailFilters {
  const filters = {
    actor: textOf(search.actor),
    action: textOf(search.action)?.slice(0, 64),
    appid: typeof search.appid === 'string' && /^wx[0-9a-f]{16}$/.test(search.appid) ? search.appid : undefined,
    from: dayOf(search.from),
    to: dayOf(search.to),
  }
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined))
}

const textOf = (value: unknown): string | undefined =>
  value === undefined ? undefined : String(value).trim().slice(0, TEXT_MAX) || undefined

const dayOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined

const DAY_MS = 24 * 60 * 60 * 1000

/** The days as the API takes them: from midnight to midnight in China. */
export function toPeriod({ from, to }: TrailFilters): { from?: string; to?: string } {
  const midnight = (day: string) => Date.parse(`${day}T00:00:00+08:00`)
  return {
    ...(from && { from: new Date(midnight(from)).toISOString() }),
    ...(to && { to: new Date(midnight(to) + DAY_MS).toISOString() }),
  }
}
