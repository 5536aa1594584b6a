import type { KindName, Move } from '@shenpi/sdk/contract/states'
import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

const SHOWN_MAX = 200

/** The library's reasons for a move on a kind. */
export const reasonsQuery = (kind: KindName, move: Move) =>
  queryOptions({
    queryKey: ['reasons', kind],
    queryFn: ({ signal }) => client.listReasons({ query: { kind, limit: SHOWN_MAX } }, { signal }),
    select: ({ items }) => items.filter((reason) => reason.move === move),
    staleTime: 60_000,
  })
