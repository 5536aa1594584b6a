import type { ApiScheduledDecision } from '@shenpi/sdk/contract/api'
import { undo } from '../../data/decisions.ts'
import { Button } from '../../parts/button.tsx'
import { useRefusalText } from '../../parts/explain.ts'
import { PlainText } from '../../parts/plain-text.tsx'
import { useFailureNotice } from '../../parts/use-failure-notice.ts'
import { useText } from '../../text/use-text.ts'
import css from './banner.module.css'

/** A decision that waits to take effect, or why it could not. */
export function Scheduled({ id, scheduled }: { id: string; scheduled: ApiScheduledDecision }) {
  const { application: text, actions } = useText()
  const tell = useFailureNotice()
  const textOf = useRefusalText()
  const { state, move, by, mine, reason, refusal } = scheduled
  if (state !== 'waiting' && state !== 'refused') return null
  return (
    <section className={`${css.banner} ${state === 'refused' ? css.bad : css.warn}`}>
      <p className={css.head}>
        {state === 'refused' ? text.scheduled.refused : text.scheduled[move](by)}
        {state === 'waiting' && mine && <Button onClick={() => void undo(id).catch(tell)}>{actions.undo}</Button>}
      </p>
      {refusal && <p>{textOf(refusal)}</p>}
      {reason && (
        <p>
          <PlainText text={reason} />
        </p>
      )}
    </section>
  )
}
