import type { ApiRequestRow } from '@shenpi/sdk/contract/api'
import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'
import { pagesOf } from './pages-of.ts'

export interface RequestFilters {
  /** Absent: of callers who are not known. */
  appid?: string
  only?: 'refused'
}

export const requestsQuery = (filters: RequestFilters) =>
  pagesOf<ApiRequestRow>(['requests', filters], (page, options) =>
    client.listRequests({ query: { ...filters, ...page } }, options),
  )

export const requestQuery = (rid: string) =>
  queryOptions({
    queryKey: ['request', rid],
    queryFn: ({ signal }) => client.getRequest({ params: { rid } }, { signal }),
  })
