import type { ApiReason } from '@shenpi/sdk/contract/api'
import type { KindName } from '@shenpi/sdk/contract/states'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

/** All that a kind can have. */
const SHOWN_MAX = 200

export const libraryQuery = (kind: KindName) =>
  queryOptions({
    queryKey: ['reasons', kind, 'all'],
    queryFn: ({ signal }) => client.listReasons({ query: { kind, which: 'all', limit: SHOWN_MAX } }, { signal }),
  })

interface Page {
  next_cursor: string | null
}

export const reasonVersionsQuery = (reason_no: number) =>
  infiniteQueryOptions({
    queryKey: ['reasons', 'versions', reason_no],
    queryFn: ({ pageParam, signal }) =>
      client.listReasonVersions({ params: { reason_no }, query: { limit: 20, cursor: pageParam } }, { signal }),
    initialPageParam: undefined,
    getNextPageParam: ({ next_cursor }: Page): string | undefined => next_cursor ?? undefined,
  })

const refresh = () => queryClient.invalidateQueries({ queryKey: ['reasons'] })

export type ReasonDraft = Pick<ApiReason, 'kind' | 'move' | 'title' | 'text' | 'fields' | 'retired'>

/** @param of the reason that is changed, in the version that was looked at; none: it is a new one */
export async function saveReason({ kind, move, ...body }: ReasonDraft, of?: { no: number; version: number }) {
  if (of) await client.changeReason({ params: { reason_no: of.no }, body: { version: of.version, ...body } })
  else await client.createReason({ body: { kind, move, ...body } })
  await refresh()
}

/** The newest version of one, for whoever was slower. */
export async function readNewest(reason_no: number): Promise<ApiReason | undefined> {
  const { items } = await client.listReasonVersions({ params: { reason_no }, query: { limit: 1 } })
  return items[0]
}

export async function orderReasons(kind: KindName, order: number[]): Promise<void> {
  await client.orderReasons({ body: { kind, order } })
  await refresh()
}
