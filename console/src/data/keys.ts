import type { Role } from '@shenpi/sdk/contract/states'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

const PAGE = 100

interface Page {
  next_cursor: string | null
}

export const keysQuery = infiniteQueryOptions({
  queryKey: ['keys'],
  queryFn: ({ pageParam, signal }) => client.listKeys({ query: { limit: PAGE, cursor: pageParam } }, { signal }),
  initialPageParam: undefined,
  getNextPageParam: ({ next_cursor }: Page): string | undefined => next_cursor ?? undefined,
})

const refresh = () => queryClient.invalidateQueries({ queryKey: keysQuery.queryKey })

/** The key itself is in this answer alone. @param endsOn a day in China, at whose end it ends; none: it does not */
export async function createKey(name: string, roles: Role[], endsOn: string): Promise<string> {
  const ends_at = endsOn === '' ? undefined : new Date(`${endsOn}T23:59:59+08:00`).toISOString()
  const { key } = await client.createKey({ body: { name, roles, ...(ends_at && { ends_at }) } })
  await refresh()
  return key
}

export async function revokeKey(name: string): Promise<void> {
  await client.revokeKey({ params: { name } })
  await refresh()
}
