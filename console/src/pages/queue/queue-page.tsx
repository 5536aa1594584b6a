import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { applicationsQuery, toRows } from '../../data/applications.ts'
import { IconButton } from '../../parts/button.tsx'
import { FailurePage } from '../../parts/failure-page.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { useText } from '../../text/use-text.ts'
import { EmptyQueue } from './empty-queue.tsx'
import { FilterBar } from './filter-bar.tsx'
import css from './queue-page.module.css'
import { QueueRows } from './queue-rows.tsx'
import { QueueSkeleton } from './queue-skeleton.tsx'

const route = getRouteApi('/queue')

export function QueuePage() {
  const text = useText().queue
  const filters = route.useSearch()
  const query = useInfiniteQuery(applicationsQuery(filters))
  const rows = toRows(query.data)
  const refresh = () => void query.refetch()
  return (
    <div className={css.page}>
      <PageHeader
        title={text.title}
        detail={query.data && (query.hasNextPage ? text.atLeast : text.count)(rows.length)}
      >
        <IconButton icon="refresh" label={text.refresh} onClick={refresh} />
      </PageHeader>
      <FilterBar filters={filters} />
      {query.isError && rows.length === 0 && <FailurePage error={query.error} retry={refresh} />}
      {query.isPending && <QueueSkeleton />}
      {query.isSuccess && rows.length === 0 && <EmptyQueue filters={filters} />}
      {rows.length > 0 && <QueueRows rows={rows} filters={filters} query={query} />}
    </div>
  )
}
