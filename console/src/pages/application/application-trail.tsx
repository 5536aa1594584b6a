import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { applicationTrailQuery } from '../../data/application-trail.ts'
import { Button } from '../../parts/button.tsx'
import { useExplain } from '../../parts/explain.ts'
import { PlainText } from '../../parts/plain-text.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import css from './application-trail.module.css'

/** Who did what to an application and when; read when somebody wants to see it. */
export function ApplicationTrail({ id }: { id: string }) {
  const { trail: text } = useText().application
  const [isOpen, setOpen] = useState(false)
  return (
    <details className={css.trail} open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className={css.title}>{text.title}</summary>
      {isOpen && <Entries id={id} />}
    </details>
  )
}

function Entries({ id }: { id: string }) {
  const { application, actions } = useText()
  const dates = useDates()
  const explain = useExplain()
  const { data, error, isPending, hasNextPage, fetchNextPage } = useInfiniteQuery(applicationTrailQuery(id))
  const words: Readonly<Record<string, string>> = application.trail.actions
  if (isPending) return <Skeleton height="4rem" />
  return (
    <>
      {error && <p role="alert">{explain(error)}</p>}
      <ol className={css.entries}>
        {data?.pages
          .flatMap(({ items }) => items)
          .map(({ entry_no, at, actor, action }) => (
            <li key={entry_no} className={css.entry}>
              <span>{words[action] ?? <code>{action}</code>}</span>
              <span className={css.by}>
                <PlainText text={actor} />
              </span>
              <time dateTime={at} title={dates.exact(at)} className={css.at}>
                {dates.short(at)}
              </time>
            </li>
          ))}
      </ol>
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{actions.more}</Button>}
    </>
  )
}
