import type { ApiHappening } from '@shenpi/sdk/contract/api'
import { Link } from '@tanstack/react-router'
import type { Advanced } from '../../data/sandbox-clocks.ts'
import { IconButton } from '../../parts/button.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { useActorName } from '../../text/use-actor-name.ts'
import type { Dates } from '../../text/use-dates.ts'
import css from './clock-bar.module.css'
import { useAccountDates } from './use-account-dates.ts'
import { useSandboxText } from './use-sandbox-text.ts'

interface HappeningsProps {
  appid: string
  advanced: Advanced
  until: string
  onClose: () => void
}

/** What happened while time passed, in its order. */
export function Happenings({ appid, advanced: { from, timeline, stopped }, until, onClose }: HappeningsProps) {
  const text = useSandboxText().timeline
  const dates = useAccountDates(appid)
  return (
    <div className={css.happenings} role="status">
      <header className={css.head}>
        <h2>{text.title(dates.short(from), dates.short(until))}</h2>
        <IconButton icon="close" label={text.close} onClick={onClose} />
      </header>
      {stopped && <p className={css.stopped}>{text.stopped(stopped)}</p>}
      {timeline.length === 0 && <p className={css.quiet}>{text.nothing}</p>}
      <ol className={css.timeline}>
        {toLines(timeline).map(({ happening, lastAt, count }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a timeline is told once and does not change
          <li key={at}>
            <HappeningLine happening={happening} dates={dates} />
            {count > 1 && <span className={css.quiet}>{text.days(count, dates.short(lastAt))}</span>}
          </li>
        ))}
      </ol>
    </div>
  )
}

interface Line {
  happening: ApiHappening
  /** When the last of those began that it stands for, and how many they are. */
  lastAt: string
  count: number
}

/** Days that begin with nothing between them are one line: what happened after a month is not to be searched for. */
function toLines(timeline: readonly ApiHappening[]): Line[] {
  const lines: Line[] = []
  for (const happening of timeline) {
    const before = lines.at(-1)
    if (happening.type === 'day_begin' && before?.happening.type === 'day_begin') {
      before.lastAt = happening.at
      before.count += 1
    } else lines.push({ happening, lastAt: happening.at, count: 1 })
  }
  return lines
}

function HappeningLine({ happening, dates }: { happening: ApiHappening; dates: Dates }) {
  const { at, type, application, text: said, actor } = happening
  const text = useSandboxText().timeline
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
