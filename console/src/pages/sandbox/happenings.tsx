import type { ApiHappening } from '@shenpi/sdk/contract/api'
import { Link } from '@tanstack/react-router'
import type { Advanced } from '../../data/sandbox-clocks.ts'
import { IconButton } from '../../parts/button.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { useActorName } from '../../text/use-actor-name.ts'
import { useDates } from '../../text/use-dates.ts'
import css from './clock-bar.module.css'
import { useSandboxText } from './use-sandbox-text.ts'

interface HappeningsProps {
  advanced: Advanced
  until: string
  onClose: () => void
}

/** What happened while time passed, in its order. */
export function Happenings({ advanced: { from, timeline, stopped }, until, onClose }: HappeningsProps) {
  const text = useSandboxText().timeline
  const dates = useDates()
  return (
    <div className={css.happenings} role="status">
      <header className={css.head}>
        <h2>{text.title(dates.short(from), dates.short(until))}</h2>
        <IconButton icon="close" label={text.close} onClick={onClose} />
      </header>
      {stopped && <p className={css.stopped}>{text.stopped(stopped)}</p>}
      {timeline.length === 0 && <p className={css.quiet}>{text.nothing}</p>}
      <ol className={css.timeline}>
        {timeline.map((happening, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a timeline is told once and does not change
          <li key={at}>
            <HappeningLine happening={happening} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function HappeningLine({ happening: { at, type, application, text: said, actor } }: { happening: ApiHappening }) {
  const text = useSandboxText().timeline
  const dates = useDates()
  const nameOf = useActorName()
  return (
    <>
      <time dateTime={at} title={dates.exact(at)} className={css.when}>
        {dates.short(at)}
      </time>
      <span>{text.types[type] ?? type}</span>
      {said !== '' && (
        <code className={css.said}>
          <PlainText text={said} />
        </code>
      )}
      {application && (
        <Link to="/applications/$id" params={{ id: application }} search={{}}>
          {application}
        </Link>
      )}
      {actor && <span className={css.quiet}>{nameOf(actor)}</span>}
    </>
  )
}
