import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { applicationTrailQuery } from '../../data/application-trail.ts'
import { Button } from '../../parts/button.tsx'
import { useExplain } from '../../parts/explain.ts'
import { PlainText } from '../../parts/plain-text.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { useActorName } from '../../text/use-actor-name.ts'
import { useDates } from '../../text/use-dates.ts'
import { useEntryWords } from '../../text/use-entry-words.ts'
import { useText } from '../../text/use-text.ts'
import css from './application-trail.module.css'

/** Who did what to an application and when; read when somebody wants to see it. */
export function ApplicationTrail({ id }: { id: string }) {
  const { trail } = useText().application
  const [isOpen, setOpen] = useState(false)
  return (
    <details className={css.trail} open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className={css.title}>{trail}</summary>
      {isOpen && <Entries id={id} />}
    </details>
  )
}

function Entries({ id }: { id: string }) {
  const { actions } = useText()
  const dates = useDates()
  const explain = useExplain()
  const { data, error, isPending, hasNextPage, fetchNextPage } = useInfiniteQuery(applicationTrailQuery(id))
  const nameOf = useActorName()
  const wordsOf = useEntryWords()
  if (isPending) return <Skeleton height="4rem" />
  return (
    <>
      {error && <p role="alert">{explain(error)}</p>}
      <ol className={css.entries}>
        {data?.pages
          .flatMap(({ items }) => items)
          .map((entry) => (
            <li key={entry.entry_no} className={css.entry}>
              <p className={css.words}>
                <strong>
                  <PlainText text={nameOf(entry.actor)} />
                </strong>{' '}
                <PlainText text={wordsOf(entry)} />
              </p>
              <time dateTime={entry.at} title={dates.exact(entry.at)} className={css.at}>
                {dates.short(entry.at)}
              </time>
            </li>
          ))}
      </ol>
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{actions.more}</Button>}
    </>
  )
}
