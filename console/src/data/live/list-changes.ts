import type { ArrivedApplication } from '@shenpi/sdk/contract/api'
import { useSyncExternalStore } from 'react'
import { chinaDay } from '../../text/use-dates.ts'
import type { Filters } from '../filters.ts'
import { nextMoment } from '../moments.ts'

/** So many are kept of each sort. */
const KEPT_MAX = 1000

/** What came and changed, and when it was told. A list that was read later knows it already. */
export interface ListChanges {
  arrived: ReadonlyMap<string, ArrivedApplication & { at: number }>
  changed: ReadonlyMap<string, number>
  /** When something may have come unseen last. */
  missedAt: number
}

const listeners = new Set<() => void>()
let changes: ListChanges = { arrived: new Map(), changed: new Map(), missedAt: 0 }

export const useListChanges = (): ListChanges => useSyncExternalStore(listen, () => changes)

export function noteArrived(application: ArrivedApplication): void {
  const { id } = application
  if (changes.arrived.has(id)) return
  take({ ...changes, arrived: added(changes.arrived, id, { ...application, at: nextMoment() }) })
}

export const noteChanged = (id: string): void => take({ ...changes, changed: added(changes.changed, id, nextMoment()) })

export const noteMissed = (): void => take({ ...changes, missedAt: nextMoment() })

/** Whether an application that came belongs into a list. Whose it is it does not tell. */
export function isWanted({ kind, due_at }: ArrivedApplication, filters: Filters): boolean {
  if (filters.state || filters.q) return false
  if (filters.kind && filters.kind !== kind) return false
  if (filters.stage && filters.stage !== 'open') return false
  if (filters.claim && filters.claim !== 'free') return false
  return !filters.due || filters.due === dueOf(Date.parse(due_at))
}

function dueOf(at: number): Filters['due'] {
  const now = Date.now()
  if (at < now) return 'overdue'
  return chinaDay(at) === chinaDay(now) ? 'today' : 'later'
}

function added<Value>(to: ReadonlyMap<string, Value>, id: string, value: Value): ReadonlyMap<string, Value> {
  return new Map([...to, [id, value] as const].slice(-KEPT_MAX))
}

function take(changed: ListChanges): void {
  changes = changed
  for (const listener of listeners) listener()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
