import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

/** Earlier tries about the same, and what has changed since one of them. */
export const triesQuery = (id: string, comparedWith?: string) =>
  queryOptions({
    queryKey: ['tries', id, comparedWith],
    queryFn: ({ signal }) => client.getTries({ params: { id }, query: { compare_with: comparedWith } }, { signal }),
    staleTime: 60_000,
  })
