import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { trailQuery } from '../../data/trail.ts'
import type { TrailFilters } from '../../data/trail-filters.ts'
import { Button } from '../../parts/button.tsx'
import { FailurePage } from '../../parts/failure-page.tsx'
import { SettingsCard } from '../../parts/settings-card.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { StatePage } from '../../parts/state-page.tsx'
import { useTrailText } from '../../text/use-trail-text.ts'
import { Entry } from './entry.tsx'
import css from './trail-page.module.css'

export function Entries({ filters }: { filters: TrailFilters }) {
  const text = useTrailText()
  const query = useInfiniteQuery(trailQuery(filters))
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query
  const entries = data?.pages.flatMap(({ items }) => items)
  // A page looks at a bounded part of the trail: where nothing fits in it, the next is asked for.
  const isEmpty = entries?.length === 0
  useEffect(() => {
    if (isEmpty && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [isEmpty, hasNextPage, isFetchingNextPage, fetchNextPage])
  if (error && !entries) return <FailurePage error={error} retry={() => void refetch()} />
  return (
    <SettingsCard title={filters.appid ? text.ofAccount(filters.appid) : text.ofInstallation}>
      {entries === undefined && <Skeleton height="20rem" />}
      {isEmpty && !hasNextPage && <StatePage icon="trail" title={text.none} body={text.noneBody} />}
      <ol>
        {entries?.map((entry) => (
          <Entry key={entry.entry_no} entry={entry} />
        ))}
      </ol>
      {entries && hasNextPage && (
        <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? text.searching : text.older}
        </Button>
      )}
      {entries && !hasNextPage && !isEmpty && <p className={css.end}>{text.end}</p>}
    </SettingsCard>
  )
}
