import type { ApiClock } from '@shenpi/sdk/contract/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../../data/own-account.ts'
import { type Advance, type Advanced, advanceClock, clockQuery, setClockFrozen } from '../../data/sandbox-clocks.ts'
import { Button } from '../../parts/button.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useFailureNotice } from '../../parts/use-failure-notice.ts'
import css from './clock-bar.module.css'
import { Happenings } from './happenings.tsx'
import { useAccountDates } from './use-account-dates.ts'
import { useSandboxText } from './use-sandbox-text.ts'
import { useSpan } from './use-span.ts'

/** The clock of an account, what is due next, and what lets its time pass. */
export function ClockBar({ appid }: { appid: string }) {
  const text = useSandboxText().clock
  const { data: clock } = useQuery(clockQuery(appid))
  const mayControl = useMay('sandbox.control')
  const tell = useFailureNotice()
  const [isBusy, setBusy] = useState(false)
  const [advanced, setAdvanced] = useState<Advanced>()
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true)
    await work().catch(tell)
    setBusy(false)
  }
  const advance = (by: Advance) => void attempt(async () => setAdvanced(await advanceClock(appid, by)))
  if (!clock) return <Skeleton height="3.25rem" />
  const ways: [label: string, by: Advance, isOff?: boolean][] = [
    [text.toNext, {}, clock.next_due === null],
    [text.hour, { seconds: 3600 }],
    [text.day, { seconds: 86_400 }],
    [text.workingDays, { working_days: 3 }],
  ]
  return (
    <section aria-label={text.label} className={css.bar}>
      <ClockFace appid={appid} clock={clock} />
      {mayControl && (
        <div className={css.actions}>
          <Button disabled={isBusy} onClick={() => void attempt(() => setClockFrozen(appid, !clock.frozen))}>
            {clock.frozen ? text.run : text.freeze}
          </Button>
          <div role="group" aria-label={text.advance} className={css.group}>
            {ways.map(([label, by, isOff]) => (
              <Button key={label} look="quiet" disabled={isBusy || isOff} onClick={() => advance(by)}>
                {label}
              </Button>
            ))}
          </div>
        </div>
      )}
      {advanced && (
        <Happenings appid={appid} advanced={advanced} until={clock.now} onClose={() => setAdvanced(undefined)} />
      )}
    </section>
  )
}

function ClockFace({ appid, clock }: { appid: string; clock: ApiClock }) {
  const text = useSandboxText().clock
  const dates = useAccountDates(appid)
  const span = useSpan()
  const { now, frozen, ahead_ms, next_due } = clock
  const difference = ahead_ms > 0 ? text.ahead : text.behind
  return (
    <div className={css.face}>
      <time dateTime={now} className={css.now}>
        {dates.exact(now)}
      </time>
      <Tag look={frozen ? 'warn' : 'good'}>{frozen ? text.frozen : text.running}</Tag>
      <span className={css.quiet}>{Math.abs(ahead_ms) < 2000 ? text.inStep : difference(span(ahead_ms))}</span>
      <span className={css.quiet}>
        {next_due ? text.due(text.queues[next_due.queue] ?? next_due.queue, dates.short(next_due.at)) : text.nothingDue}
      </span>
    </div>
  )
}
