import type { ApiTrailVerification } from '@shenpi/sdk/contract/api'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'
import { type TrailFilters, toPeriod } from './trail-filters.ts'

const PAGE = 50

interface Page {
  next_cursor: string | null
}

export const trailQuery = ({ from, to, ...filters }: TrailFilters) =>
  infiniteQueryOptions({
    queryKey: ['trail', 'entries', { from, to, ...filters }],
    queryFn: ({ pageParam, signal }) =>
      client.listTrail(
        { query: { ...filters, ...toPeriod({ from, to }), limit: PAGE, cursor: pageParam } },
        { signal },
      ),
    initialPageParam: undefined,
    getNextPageParam: ({ next_cursor }: Page): string | undefined => next_cursor ?? undefined,
  })

export const verificationQuery = queryOptions({
  queryKey: ['trail', 'verification'],
  queryFn: ({ signal }) => client.getTrailVerification({}, { signal }),
})

/** Verify all trails, step by step. @param onStep told how far it has come @param isWanted whether to go on */
export async function verifyAll(
  onStep: (verification: ApiTrailVerification) => void,
  isWanted: () => boolean,
): Promise<void> {
  for (let state = 'running'; state === 'running' && isWanted(); ) {
    const verification = await client.verifyTrail()
    state = verification.state
    onStep(verification)
  }
  await queryClient.invalidateQueries({ queryKey: ['trail'] })
}

export const trailKeyQuery = queryOptions({
  queryKey: ['trail', 'key'],
  queryFn: ({ signal }) => client.getTrailKey({}, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Let the browser load a file. Whether the session goes on is asked before: a refusal would be the file. */
export async function downloadTrail(filters: TrailFilters): Promise<void> {
  await client.getTrailVerification()
  const { appid } = filters
  const query = new URLSearchParams({ ...toPeriod(filters), ...(appid && { appid }) })
  const link = document.createElement('a')
  link.href = `/api/v1/trail/export?${query}`
  link.download = ''
  link.click()
}
