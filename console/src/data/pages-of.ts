import { type InfiniteData, infiniteQueryOptions, type QueryKey } from '@tanstack/react-query'

/** A page of a list, as the server answers it. */
export interface PageOf<Row> {
  items: Row[]
  next_cursor: string | null
}

/** A list, page after page. @param read the page that a cursor leads to */
export const pagesOf = <Row>(
  queryKey: QueryKey,
  read: (
    query: { cursor: string | undefined; limit: number },
    options: { signal: AbortSignal },
  ) => Promise<PageOf<Row>>,
) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }): Promise<PageOf<Row>> => read({ cursor: pageParam, limit: PAGE }, { signal }),
    initialPageParam: undefined,
    getNextPageParam: ({ next_cursor }: PageOf<Row>): string | undefined => next_cursor ?? undefined,
    // Rows do not move while somebody looks at them, until asked.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    staleTime: 15_000,
  })

const PAGE = 100

export const rowsOf = <Row>(data: InfiniteData<PageOf<Row>> | undefined): Row[] =>
  data?.pages.flatMap(({ items }) => items) ?? []
