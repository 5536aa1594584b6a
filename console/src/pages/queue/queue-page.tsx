import type { ApiApplication } from '@shenpi/sdk/contract/api'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { type ApplicationsQuery, countsQuery, toRows, useApplications } from '../../data/applications.ts'
import { downloadApplications } from '../../data/exports.ts'
import type { Filters } from '../../data/filters.ts'
import { useMay } from '../../data/own-account.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { IconButton } from '../../parts/button.tsx'
import { ExportMenu } from '../../parts/export-menu.tsx'
import { FailurePage } from '../../parts/failure-page.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { useText } from '../../text/use-text.ts'
import { ChangesButton } from './changes-button.tsx'
import { EmptyQueue } from './empty-queue.tsx'
import { FilterBar } from './filter-bar.tsx'
import css from './queue-page.module.css'
import { QueueRows } from './queue-rows.tsx'
import { QueueSkeleton } from './queue-skeleton.tsx'
import { SearchResults } from './search-results.tsx'
import { useQueueChanges } from './use-queue-changes.ts'
import { ViewBar } from './view-bar.tsx'

const route = getRouteApi('/queue')

export function QueuePage() {
  const { queue: text, actions } = useText()
  const mayExport = useMay('application.export')
  const filters = route.useSearch()
  const query = useApplications(filters)
  const counts = useQuery(countsQuery(filters))
  const rows = useMemo(() => toRows(query.data), [query.data])
  const changes = useQueueChanges(filters, rows, query.data?.pages[0]?.readAt ?? 0)
  const refresh = () => {
    void query.refetch()
    void counts.refetch()
  }
  useShortcuts({ refresh })
  const { refetch } = query
  const isFirst = rows.length === 0 && changes.arrived > 0
  useEffect(() => {
    // Where there is no row, none can move.
    if (isFirst) void refetch()
  }, [isFirst, refetch])
  return (
    <div className={css.page}>
      <PageHeader
        title={text.title}
        detail={query.data && (query.hasNextPage ? text.atLeast : text.count)(rows.length)}
      >
        {mayExport && !filters.q && (
          <ExportMenu label={actions.export} onExport={(format) => downloadApplications(filters, format)} />
        )}
        <ChangesButton changes={changes} onShow={refresh} />
        <IconButton icon="refresh" label={text.refresh} onClick={refresh} />
      </PageHeader>
      <ViewBar filters={filters} />
      <FilterBar filters={filters} />
      {filters.q ? (
        <SearchResults sought={filters.q} />
      ) : (
        <QueueList filters={filters} query={query} rows={rows} changed={changes.changed} />
      )}
    </div>
  )
}

interface QueueListProps {
  filters: Filters
  query: ApplicationsQuery
  rows: readonly ApiApplication[]
  changed: ReadonlySet<string>
}

function QueueList({ filters, query, rows, changed }: QueueListProps) {
  if (rows.length > 0) return <QueueRows rows={rows} filters={filters} query={query} changed={changed} />
  if (query.isError) return <FailurePage error={query.error} retry={() => void query.refetch()} />
  return query.isPending ? <QueueSkeleton /> : <EmptyQueue filters={filters} />
}
