import type { ApiApplication, ApiApplicationInFull } from '@shenpi/sdk/contract/api'
import { type InfiniteData, infiniteQueryOptions, queryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'
import type { Filters } from './filters.ts'

const PAGE = 100

interface Page {
  items: ApiApplication[]
  next_cursor: string | null
}

/** The applications that the filters let through, page after page. */
export const applicationsQuery = ({ state = 'under_review', q: _, ...filters }: Filters) =>
  infiniteQueryOptions({
    queryKey: ['applications', { state, ...filters }],
    queryFn: ({ pageParam, signal }): Promise<Page> =>
      client.listApplications({ query: { state, ...filters, limit: PAGE, cursor: pageParam } }, { signal }),
    initialPageParam: undefined,
    getNextPageParam: ({ next_cursor }: Page): string | undefined => next_cursor ?? undefined,
    staleTime: 15_000,
    // Rows do not move while somebody looks at them, until asked.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

export const useApplications = (filters: Filters) => useInfiniteQuery(applicationsQuery(filters))
export type ApplicationsQuery = ReturnType<typeof useApplications>

export const toRows = (data: InfiniteData<Page> | undefined): ApiApplication[] =>
  data?.pages.flatMap(({ items }) => items) ?? []

export const applicationQuery = (id: string) =>
  queryOptions({
    queryKey: ['application', id],
    queryFn: ({ signal }) => client.getApplication({ params: { id } }, { signal }),
  })

/** How many applications wait behind each filter. */
export const countsQuery = ({ kind, appid }: Filters) =>
  queryOptions({
    queryKey: ['application-counts', { kind, appid }],
    queryFn: ({ signal }) => client.countApplications({ query: { kind, appid } }, { signal }),
    staleTime: 15_000,
  })

/** Keep what the server answered about an application, in the lists too: there it stays where it is. */
export function keepApplication(application: ApiApplicationInFull): void {
  queryClient.setQueryData(applicationQuery(application.id).queryKey, application)
  changeRow(application.id, (row) => ({ ...row, ...application }))
}

export function changeRow(id: string, change: (row: ApiApplication) => ApiApplication): void {
  queryClient.setQueriesData<InfiniteData<Page>>({ queryKey: ['applications'] }, (data) => {
    if (!data?.pages.some(({ items }) => items.some((row) => row.id === id))) return data
    const pages = data.pages.map((page) => ({
      ...page,
      items: page.items.map((row) => (row.id === id ? change(row) : row)),
    }))
    return { ...data, pages }
  })
}
