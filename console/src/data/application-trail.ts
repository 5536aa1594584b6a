import { infiniteQueryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

const PAGE = 50

/** What was done to an application, the newest first. */
export const applicationTrailQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['application-trail', id],
    queryFn: ({ pageParam, signal }) =>
      client.listApplicationTrail({ params: { id }, query: { limit: PAGE, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  })
