import type { Move } from '@shenpi/sdk/contract/states'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

/** Decisions that wait for a second review by whoever is signed in, the oldest first. */
export const samplesQuery = infiniteQueryOptions({
  queryKey: ['samples'],
  queryFn: ({ pageParam, signal }) => client.listSamples({ query: { limit: 50, cursor: pageParam } }, { signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
})

/** An application as it was before it was decided. */
export const sampleQuery = (id: string) =>
  queryOptions({
    queryKey: ['sample', id],
    queryFn: ({ signal }) => client.getSample({ params: { id } }, { signal }),
    staleTime: 60_000,
  })

export type SampleAnswer = Awaited<ReturnType<typeof answerSample>>

/** Say how one would have decided, and hear what was decided. */
export async function answerSample(id: string, move: Move, note: string) {
  const answer = await client.answerSample({ params: { id }, body: { move, note } })
  void queryClient.invalidateQueries({ queryKey: samplesQuery.queryKey })
  return answer
}
