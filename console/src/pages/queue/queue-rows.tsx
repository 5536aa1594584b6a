import type { ApiApplication } from '@shenpi/sdk/contract/api'
import { useNavigate } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import type { Filters } from '../../data/filters.ts'
import { useWatched } from '../../data/live/live.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { useText } from '../../text/use-text.ts'
import { BulkBar } from './bulk-bar.tsx'
import { QueueRow } from './queue-row.tsx'
import css from './queue-rows.module.css'

const ROW_PX = 40
/** How near the end more is asked for. Unit: rows. */
const AHEAD = 30
/** Rows are watched in groups of so many. */
const WATCHED_STEP = 10

interface QueueRowsProps {
  rows: readonly ApiApplication[]
  filters: Filters
  changed: ReadonlySet<string>
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
}

/** As many rows as there are, of which only those in sight exist. */
export function QueueRows({ rows, filters, changed, query }: QueueRowsProps) {
  const text = useText().queue
  const navigate = useNavigate()
  const scroller = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(() => ({ index: 0, id: rows[0]?.id }))
  const [chosen, setChosen] = useState<readonly string[]>([])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown > rows.length - AHEAD) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastShown, rows.length])

  useWatched(inSight(rows, virtual.range))

  // It stays with its application when rows come and go.
  const found = rows[at.index]?.id === at.id ? at.index : rows.findIndex(({ id }) => id === at.id)
  const current = found === -1 ? Math.min(at.index, rows.length - 1) : found
  const point = (index: number) => setAt({ index, id: rows[index]?.id })
  const toggle = (id: string) =>
    setChosen((before) => (before.includes(id) ? before.filter((each) => each !== id) : [...before, id]))
  const move = (to: number) => {
    point(to)
    virtual.scrollToIndex(to)
  }
  useShortcuts({
    nextRow: () => move(Math.min(current + 1, rows.length - 1)),
    previousRow: () => move(Math.max(current - 1, 0)),
    chooseRow: () => {
      const id = rows[current]?.id
      if (id) toggle(id)
    },
    openRow: () => {
      const id = rows[current]?.id
      if (id) void navigate({ to: '/applications/$id', params: { id }, search: filters })
    },
  })
  const chosenRows = rows.filter(({ id }) => chosen.includes(id))
  return (
    <>
      <div ref={scroller} className={css.scroller}>
        <div role="table" aria-label={text.title} aria-rowcount={hasNextPage ? -1 : rows.length} className={css.table}>
          <div role="rowgroup" className={css.rows} style={{ height: virtual.getTotalSize() }}>
            {items.map(({ index, start }) => {
              const row = rows[index]
              return (
                row && (
                  <QueueRow
                    key={row.id}
                    application={row}
                    index={index}
                    top={start}
                    isCurrent={index === current}
                    filters={filters}
                    isChosen={chosen.includes(row.id)}
                    isChanged={changed.has(row.id)}
                    onPoint={() => point(index)}
                    onChoose={() => toggle(row.id)}
                  />
                )
              )
            })}
          </div>
        </div>
        <p className={css.end}>{hasNextPage ? text.loadingMore : text.end}</p>
      </div>
      {chosenRows.length > 0 && <BulkBar chosen={chosenRows} onClear={() => setChosen([])} />}
    </>
  )
}

/** The rows in sight and few more, so that not every step of scrolling is another choice. */
function inSight(rows: readonly ApiApplication[], range: { startIndex: number; endIndex: number } | null): string[] {
  if (!range) return []
  const from = Math.floor(range.startIndex / WATCHED_STEP) * WATCHED_STEP
  const to = Math.ceil((range.endIndex + 1) / WATCHED_STEP) * WATCHED_STEP
  return rows.slice(from, to).map(({ id }) => id)
}
