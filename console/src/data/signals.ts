import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

/** What an application has in common with others. */
export const signalsQuery = (id: string) =>
  queryOptions({
    queryKey: ['signals', id],
    queryFn: ({ signal }) => client.getSignals({ params: { id } }, { signal }),
    staleTime: 60_000,
  })
