import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { applicationQuery } from '../../data/applications.ts'
import { FailurePage } from '../../parts/failure-page.tsx'
import { ApplicationHeader } from './application-header.tsx'
import css from './application-page.module.css'
import { ApplicationSkeleton } from './application-skeleton.tsx'
import { ApplicationView } from './application-view.tsx'
import { useNeighbours } from './neighbours.ts'

const route = getRouteApi('/applications/$id')

export function ApplicationPage() {
  const { id } = route.useParams()
  const filters = route.useSearch()
  const query = useQuery(applicationQuery(id))
  const neighbours = useNeighbours(id, filters)
  const application = query.data
  return (
    <div className={css.page}>
      <ApplicationHeader application={application} neighbours={neighbours} filters={filters} />
      {application && <ApplicationView key={id} application={application} neighbours={neighbours} filters={filters} />}
      {!application && query.isError && <FailurePage error={query.error} retry={() => void query.refetch()} />}
      {!application && query.isPending && <ApplicationSkeleton />}
    </div>
  )
}
