import type { ApiPolicy } from '@shenpi/sdk/contract/api'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

export const policyQuery = queryOptions({
  queryKey: ['policy'],
  queryFn: ({ signal }) => client.getPolicy({}, { signal }),
  staleTime: 60_000,
})

const PAGE = 20

interface Page {
  next_cursor: string | null
}

export const policyVersionsQuery = infiniteQueryOptions({
  queryKey: ['policy', 'versions'],
  queryFn: ({ pageParam, signal }) =>
    client.listPolicyVersions({ query: { limit: PAGE, cursor: pageParam } }, { signal }),
  initialPageParam: undefined,
  getNextPageParam: ({ next_cursor }: Page): string | undefined => next_cursor ?? undefined,
})

/** @param version as it was read: a newer one is not written over */
export async function changePolicy(version: number, settings: Partial<ApiPolicy>, reason: string): Promise<void> {
  await client.changePolicy({ version, body: { settings, reason } })
  await refreshPolicy()
}

export const refreshPolicy = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['policy'] })

/** What was changed after a version that somebody looked at, the newest first. */
export const readChangesSince = async (version: number) => {
  const { items } = await client.listPolicyVersions({ query: { limit: PAGE } })
  return items.filter((each) => each.version > version)
}
