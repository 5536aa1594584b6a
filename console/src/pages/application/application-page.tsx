import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { applicationQuery } from '../../data/applications.ts'
import { FailurePage } from '../../parts/failure-page.tsx'
import { PageHeader } from '../../parts/page-header.tsx'

const route = getRouteApi('/applications/$id')

export function ApplicationPage() {
  const { id } = route.useParams()
  const query = useQuery(applicationQuery(id))
  if (query.isError) return <FailurePage error={query.error} retry={() => void query.refetch()} />
  return <PageHeader title={query.data?.summary ?? ''} />
}
