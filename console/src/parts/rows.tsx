import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useShortcuts } from '../keys/use-shortcuts.ts'
import { useText } from '../text/use-text.ts'
import { Button } from './button.tsx'
import css from './rows.module.css'
import { Skeleton } from './skeleton.tsx'

const ROW_PX = 40
/** How near the end more is asked for. Unit: rows. */
const AHEAD = 30
const BONES = Array.from({ length: 12 }, (_, at) => at)

interface Loading {
  hasNextPage: boolean
  /** The last page was empty: more is asked for by whoever wants it. */
  isFruitless: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
}

export interface RowsProps<Row> {
  /** What the list is called by those who only hear it. */
  label: string
  rows: readonly Row[]
  keyOf: (row: Row) => string
  query: Loading
  /** Of CSS: how wide the columns are. */
  className?: string
  head?: ReactNode
  /** The cells of a row. */
  children: (row: Row) => ReactNode
  /** What the key for it opens. */
  open?: (row: Row) => void
}

/** As many rows as there are, of which only those in sight exist; by keys as the queue. */
export function Rows<Row>({ label, rows, keyOf, query, className, head, children, open }: RowsProps<Row>) {
  const { queue: text, callbacks } = useText()
  const end = query.hasNextPage ? text.loadingMore : text.end
  const scroller = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(0)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  const { hasNextPage, isFetchingNextPage, isFruitless, fetchNextPage } = query
  useEffect(() => {
    if (hasNextPage && !isFruitless && !isFetchingNextPage && lastShown > rows.length - AHEAD) void fetchNextPage()
  }, [hasNextPage, isFruitless, isFetchingNextPage, fetchNextPage, lastShown, rows.length])
  const current = Math.min(at, rows.length - 1)
  const move = (to: number) => {
    setAt(to)
    virtual.scrollToIndex(to)
  }
  useShortcuts({
    nextRow: () => move(Math.min(current + 1, rows.length - 1)),
    previousRow: () => move(Math.max(current - 1, 0)),
    ...(open && {
      openRow: () => {
        const row = rows[current]
        if (row) open(row)
      },
    }),
  })
  return (
    <div ref={scroller} className={`${css.scroller} ${className ?? ''}`}>
      <div role="table" aria-label={label} aria-rowcount={hasNextPage ? -1 : rows.length}>
        {head && (
          <div role="rowgroup">
            <div role="row" className={css.head}>
              {head}
            </div>
          </div>
        )}
        <div role="rowgroup" className={css.rows} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index]
            return (
              row && (
                <div
                  key={keyOf(row)}
                  role="row"
                  aria-rowindex={index + 1}
                  aria-current={open && index === current}
                  className={css.row}
                  style={{ transform: `translateY(${start}px)` }}
                  onFocus={() => setAt(index)}
                >
                  {children(row)}
                </div>
              )
            )
          })}
        </div>
      </div>
      <p className={css.end}>
        {isFruitless && hasNextPage && !isFetchingNextPage ? (
          <Button look="quiet" icon="down" onClick={() => void fetchNextPage()}>
            {callbacks.lookOn}
          </Button>
        ) : (
          end
        )}
      </p>
    </div>
  )
}

/** Rows of the right height before there are any. */
export function RowsSkeleton() {
  return (
    <div role="status" aria-label={useText().loading}>
      {BONES.map((at) => (
        <div key={at} className={css.bone}>
          <Skeleton width="5.5rem" />
          <Skeleton width={`${10 + ((at * 7) % 9)}rem`} />
        </div>
      ))}
    </div>
  )
}
