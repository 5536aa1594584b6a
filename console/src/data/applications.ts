import type { ApiApplication } from '@shenpi/sdk/contract/api'
import { type InfiniteData, infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Filters } from '../pages/queue/filters.ts'
import { client } from './client.ts'

const PAGE = 100

/** The applications that the filters let through, page after page. */
export const applicationsQuery = ({ state = 'under_review', ...filters }: Filters) =>
  infiniteQueryOptions({
    queryKey: ['applications', { state, ...filters }],
    queryFn: ({ pageParam, signal }) =>
      client.listApplications({ query: { state, ...filters, limit: PAGE, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
    staleTime: 15_000,
  })

export const toRows = (data: InfiniteData<{ items: ApiApplication[] }> | undefined): ApiApplication[] =>
  data?.pages.flatMap(({ items }) => items) ?? []

export const applicationQuery = (id: string) =>
  queryOptions({
    queryKey: ['application', id],
    queryFn: ({ signal }) => client.getApplication({ params: { id } }, { signal }),
  })
