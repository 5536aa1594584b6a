import type { ApiApplicationInFull } from '@shenpi/sdk/contract/api'
import { PlainText } from '../../parts/plain-text.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import css from './banner.module.css'

/** Who has approved so far, and what they wrote to it, as far as whoever looks may know. */
export function Opinions({ opinions }: { opinions: ApiApplicationInFull['opinions'] }) {
  const { application: text } = useText()
  const dates = useDates()
  return (
    <section className={`${css.banner} ${css.good}`}>
      {opinions.map(({ by, at, note }) => (
        <p key={by}>
          {text.stale.opinion(by, dates.short(at))} {note && <PlainText text={note} />}
        </p>
      ))}
    </section>
  )
}
