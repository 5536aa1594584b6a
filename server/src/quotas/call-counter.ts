import type { Usage } from './usage.store.ts'

/** What one account does with one call. */
export interface CallCounter {
  accountId: number
  day: number
  path: string
  /** The day's calls on every server, as the database counted them last. */
  stored: number
  /** Calls that are being written to the database, and calls that are not written yet. */
  sending: number
  pending: number
  minute: number
  inMinute: number
  second: number
  inSecond: number
}

export const newCounter = (of: Pick<CallCounter, 'accountId' | 'day' | 'path'>): CallCounter => ({
  ...of,
  stored: 0,
  sending: 0,
  pending: 0,
  minute: 0,
  inMinute: 0,
  second: 0,
  inSecond: 0,
})

/** Count from 0 again when a new minute or second has begun. @param ms the account's time */
export function enterMoment(counter: CallCounter, ms: number): void {
  const minute = Math.floor(ms / 60_000)
  const second = Math.floor(ms / 1000)
  if (counter.minute !== minute) Object.assign(counter, { minute, inMinute: 0 })
  if (counter.second !== second) Object.assign(counter, { second, inSecond: 0 })
}

export const keyOf = ({ accountId, day, path }: Omit<Usage, 'used'>): string => `${accountId} ${day} ${path}`

/** One sum for each key: a machine whose clock was set back may hold two counters of one day. */
export function sumUp(counters: readonly CallCounter[]): Usage[] {
  const byKey = new Map<string, Usage>()
  for (const { accountId, day, path, sending } of counters) {
    const key = keyOf({ accountId, day, path })
    byKey.set(key, { accountId, day, path, used: (byKey.get(key)?.used ?? 0) + sending })
  }
  return [...byKey.values()]
}
