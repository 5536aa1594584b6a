import type { Role } from '@shenpi/sdk/contract/states'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
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

/** What somebody made and nobody has revoked, as far as one page goes. */
export const keysOfQuery = (name: string) =>
  queryOptions({
    queryKey: [...keysQuery.queryKey, 'of', name],
    queryFn: async ({ signal }) => {
      const { items } = await client.listKeys({ query: { created_by: `staff:${name}`, limit: PAGE } }, { signal })
      return items.filter(({ revoked_at }) => revoked_at === null).map((key) => key.name)
    },
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
