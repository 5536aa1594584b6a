import type { ApiApplication, ApiApplicationInFull } from '@shenpi/sdk/contract/api'
import { type InfiniteData, infiniteQueryOptions, queryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'
import type { Filters } from './filters.ts'
import { nextMoment } from './moments.ts'

const PAGE = 100

interface Page {
  items: ApiApplication[]
  next_cursor: string | null
  /** When it was asked for: what is told later it does not know. */
  readAt: number
}

/** The applications that the filters let through, page after page. */
export const applicationsQuery = ({ state = 'under_review', q: _, ...filters }: Filters) =>
  infiniteQueryOptions({
    queryKey: ['applications', { state, ...filters }],
    queryFn: async ({ pageParam, signal }): Promise<Page> => {
      const readAt = nextMoment()
      const query = { state, ...filters, limit: PAGE, cursor: pageParam }
      return { ...(await client.listApplications({ query }, { signal })), readAt }
    },
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

/** An application as the lists have it. */
export function findRow(id: string): ApiApplication | undefined {
  for (const [, data] of queryClient.getQueriesData<InfiniteData<Page>>({ queryKey: ['applications'] })) {
    for (const { items } of data?.pages ?? []) {
      const row = items.find((each) => each.id === id)
      if (row) return row
    }
  }
  return undefined
}

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
