import type { ApiApplicationInFull } from '@shenpi/sdk/contract/api'
import { Badge } from '../../parts/badge.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { useDates } from '../../text/use-dates.ts'
import css from './banner.module.css'

/** How it ended, who decided and when. */
export function Outcome({ application }: { application: ApiApplicationInFull }) {
  const dates = useDates()
  const { state, decided_at, decided_by, reason } = application
  return (
    <section className={`${css.banner} ${state === 'rejected' ? css.bad : css.good}`}>
      <p className={css.head}>
        <Badge state={state} />
        <span className={css.detail}>
          {decided_by && <PlainText text={decided_by} />}
          {decided_at && <time dateTime={decided_at}>{dates.short(decided_at)}</time>}
        </span>
      </p>
      {reason && (
        <p>
          <PlainText text={reason} />
        </p>
      )}
    </section>
  )
}
