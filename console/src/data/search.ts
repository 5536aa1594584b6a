import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

/** Applications and accounts by a number, a phone, an address, a licence, a name. */
export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ['search', q],
    queryFn: ({ signal }) => client.search({ query: { q } }, { signal }),
    enabled: q !== '',
    staleTime: 10_000,
  })
