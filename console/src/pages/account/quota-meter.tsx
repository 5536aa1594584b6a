import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { quotaQuery } from '../../data/devices.ts'
import { useMay } from '../../data/own-account.ts'
import { Button } from '../../parts/button.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { useNumbers } from '../../text/use-numbers.ts'
import { useText } from '../../text/use-text.ts'
import { QuotaDialog } from './quota-dialog.tsx'
import css from './quota-meter.module.css'

/** The ceiling, how much of it is used, and how to apply for a higher one. */
export function QuotaMeter({ appid }: { appid: string }) {
  const text = useText().accounts.quota
  const number = useNumbers()
  const mayApply = useMay('account.change')
  const [isOpen, setOpen] = useState(false)
  const { data } = useQuery(quotaQuery(appid))
  const { ceiling = 0, allocated = 0, remaining = 0, under_review } = data ?? {}
  const share = ceiling === 0 ? 0 : Math.min(1, allocated / ceiling)
  const percent = text.used(share.toLocaleString('en', { style: 'percent', maximumFractionDigits: 1 }))
  return (
    <section className={css.quota} aria-label={useText().accounts.parts.quota}>
      <dl className={css.figures}>
        {(
          [
            ['ceiling', ceiling],
            ['allocated', allocated],
            ['remaining', remaining],
          ] as const
        ).map(([name, value]) => (
          <div key={name} className={css.figure}>
            <dt>{text[name]}</dt>
            <dd>{data ? number(value) : <Skeleton width="4rem" height="1.75rem" />}</dd>
          </div>
        ))}
      </dl>
      <div className={css.meter} role="img" aria-label={percent} title={percent}>
        <div className={css.used} style={{ width: `${share * 100}%` }} />
      </div>
      {under_review && (
        <Link to="/applications/$id" params={{ id: under_review }} search={{}}>
          {text.underReview}
        </Link>
      )}
      {mayApply && data && !under_review && <Button onClick={() => setOpen(true)}>{text.apply}…</Button>}
      {isOpen && <QuotaDialog appid={appid} onClose={() => setOpen(false)} />}
    </section>
  )
}
