import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { type PageOf, rowsOf } from '../data/pages-of.ts'
import { useText } from '../text/use-text.ts'
import { Button } from './button.tsx'
import { FailurePage } from './failure-page.tsx'
import { Rows, type RowsProps, RowsSkeleton } from './rows.tsx'
import { StatePage } from './state-page.tsx'

interface ListProps<Row> extends Omit<RowsProps<Row>, 'rows' | 'query'> {
  query: UseInfiniteQueryResult<InfiniteData<PageOf<Row>>>
  /** In its place when there is nothing. */
  empty: ReactNode
}

/** A list that is read page after page: before there is anything, when there is nothing, when it cannot be read. */
export function List<Row>({ query, empty, ...rest }: ListProps<Row>) {
  const rows = rowsOf(query.data)
  if (rows.length > 0) return <Rows rows={rows} query={{ ...query, isFruitless: isFruitless(query) }} {...rest} />
  if (query.isError) return <FailurePage error={query.error} retry={() => void query.refetch()} />
  if (query.isPending || query.isFetchingNextPage) return <RowsSkeleton />
  return query.hasNextPage ? <LookOn onLook={() => void query.fetchNextPage()} /> : empty
}

/** The last page that came was empty: the server looks at so many rows at once, whatever fits. */
const isFruitless = <Row,>({ data }: UseInfiniteQueryResult<InfiniteData<PageOf<Row>>>): boolean =>
  data?.pages.at(-1)?.items.length === 0

function LookOn({ onLook }: { onLook: () => void }) {
  const { callbacks: text } = useText()
  return (
    <StatePage icon="search" title={text.empty.filtered}>
      <Button icon="down" onClick={onLook}>
        {text.lookOn}
      </Button>
    </StatePage>
  )
}
