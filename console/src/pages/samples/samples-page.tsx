import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { samplesQuery } from '../../data/samples.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { FailurePage } from '../../parts/failure-page.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { StatePage } from '../../parts/state-page.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import css from './samples-page.module.css'

/** Decisions that wait for a second review. Nothing here tells how they were decided. */
export function SamplesPage() {
  const { samples: text, loading, queue } = useText()
  const navigate = useNavigate()
  const query = useInfiniteQuery(samplesQuery)
  const [at, setAt] = useState(0)
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? []
  const current = Math.min(at, rows.length - 1)
  const refresh = () => void query.refetch()
  useShortcuts({
    refresh,
    nextRow: () => setAt(Math.min(current + 1, rows.length - 1)),
    previousRow: () => setAt(Math.max(current - 1, 0)),
    openRow: () => {
      const id = rows[current]?.id
      if (id) void navigate({ to: '/samples/$id', params: { id } })
    },
  })
  return (
    <>
      <PageHeader title={text.title} detail={query.data && text.hint}>
        <IconButton icon="refresh" label={queue.refresh} onClick={refresh} />
      </PageHeader>
      {query.isPending && (
        <div role="status" aria-label={loading} className={css.bones}>
          <Skeleton />
          <Skeleton />
          <Skeleton />
        </div>
      )}
      {query.isError && !query.data && <FailurePage error={query.error} retry={refresh} />}
      {query.data && rows.length === 0 && !query.hasNextPage && (
        <StatePage icon="approved" title={text.empty.title} body={text.empty.body} />
      )}
      <ul>
        {rows.map((row, index) => (
          <SampleRow key={row.id} row={row} isCurrent={index === current} onPoint={() => setAt(index)} />
        ))}
      </ul>
      {query.hasNextPage && (
        <p className={css.more}>
          <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {text.more}
          </Button>
        </p>
      )}
    </>
  )
}

interface SampleRowProps {
  row: { id: string; kind: keyof ReturnType<typeof useText>['states']['kinds']; summary: string; drawn_at: string }
  isCurrent: boolean
  onPoint: () => void
}

function SampleRow({ row: { id, kind, summary, drawn_at }, isCurrent, onPoint }: SampleRowProps) {
  const { states } = useText()
  const dates = useDates()
  return (
    <li className={css.row} aria-current={isCurrent} onFocus={onPoint}>
      <span className={css.kind}>{states.kinds[kind]}</span>
      <Link to="/samples/$id" params={{ id }} className={css.link}>
        <PlainText text={summary || id} />
      </Link>
      <time className={css.time} dateTime={drawn_at} title={dates.exact(drawn_at)}>
        {dates.short(drawn_at)}
      </time>
    </li>
  )
}
