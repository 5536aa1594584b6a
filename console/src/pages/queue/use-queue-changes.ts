import type { ApiApplication } from '@shenpi/sdk/contract/api'
import { useMemo } from 'react'
import type { Filters } from '../../data/filters.ts'
import { isWanted, useListChanges } from '../../data/live/list-changes.ts'

export interface QueueChanges {
  /** How many came that the list does not show, and how many that it shows are another now. */
  arrived: number
  changed: ReadonlySet<string>
  /** Something may have come unseen. */
  missed: boolean
}

/** What happened since a list was read; nothing of it moves before somebody asks. */
export function useQueueChanges(filters: Filters, rows: readonly ApiApplication[], readAt: number): QueueChanges {
  const { arrived, changed, missedAt } = useListChanges()
  return useMemo(() => {
    const shown = new Set(rows.map(({ id }) => id))
    // An event does not tell whose it is, but the first part of its id does.
    const account = filters.appid && rows[0]?.id.split('-')[0]
    const came = [...arrived.values()].filter(
      (each) =>
        each.at > readAt &&
        !shown.has(each.id) &&
        isWanted(each, filters) &&
        (!account || each.id.startsWith(`${account}-`)),
    )
    const others = [...changed].filter(([id, at]) => at > readAt && shown.has(id))
    return { arrived: came.length, changed: new Set(others.map(([id]) => id)), missed: missedAt > readAt }
  }, [filters, rows, readAt, arrived, changed, missedAt])
}
