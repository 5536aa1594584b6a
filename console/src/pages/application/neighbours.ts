import type { ApiApplication } from '@shenpi/sdk/contract/api'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { applicationQuery, toRows, useApplications } from '../../data/applications.ts'
import type { Filters } from '../../data/filters.ts'
import { useWatched } from '../../data/live/live.ts'
import { picturesOf } from '../../data/pictures.ts'

/** So many that follow are watched, so that the next one is none that somebody else has. */
const WATCHED_AHEAD = 10

export interface Neighbours {
  /** From 1; 0 where the application is not in the list. */
  position: number
  previous?: ApiApplication
  next?: ApiApplication
}

/** Where an application stands in the queue that it was opened from. The next one is loaded ahead, pictures too. */
export function useNeighbours(id: string, filters: Filters): Neighbours {
  const cache = useQueryClient()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useApplications(filters)
  const rows = toRows(data)
  const at = rows.findIndex((row) => row.id === id)
  const next = rows.slice(at + 1).find((row) => row.id !== id && isLeft(row, filters))
  useWatched([id, ...rows.slice(at + 1, at + 1 + WATCHED_AHEAD).map((row) => row.id)])
  const nextId = next?.id
  useEffect(() => {
    if (nextId) void loadAhead(cache, nextId)
  }, [cache, nextId])
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && at >= rows.length - 5) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, at, rows.length])
  return { position: at + 1, previous: rows[at - 1], next }
}

/** Whether something is left to be done about it, and by nobody else. */
const isLeft = ({ stage, state, claim }: ApiApplication, filters: Filters): boolean =>
  stage !== 'scheduled' && (filters.state !== undefined || state === 'under_review') && (!claim || claim.mine)

async function loadAhead(cache: ReturnType<typeof useQueryClient>, id: string): Promise<void> {
  const application = await cache.fetchQuery({ ...applicationQuery(id), retry: false }).catch(() => undefined)
  const source = application && picturesOf(application)[0]?.source
  if (source) new Image().src = source
}
