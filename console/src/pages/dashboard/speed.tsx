import type { ApiDashboard } from '@shenpi/sdk/contract/api'
import { useText } from '../../text/use-text.ts'
import { Card } from './card.tsx'
import css from './speed.module.css'

/** How well the promise of three working days is kept. */
export function Speed({ dashboard }: { dashboard: ApiDashboard }) {
  const { speed: text } = useText().dashboard
  const { reviewed, median_hours, p90_hours } = dashboard
  const { decided, late } = reviewed
  const share = decided > 0 ? `${(Math.floor((1000 * (decided - late)) / decided) / 10).toLocaleString('en')} %` : '–'
  const hours = (value: number | null) => (value === null ? '–' : text.hours(value))
  const figures = [
    { title: text.onTime, value: share, detail: text.lateOnes(late) },
    { title: text.median, value: hours(median_hours), detail: text.working },
    { title: text.p90, value: hours(p90_hours), detail: text.working },
    { title: text.decided, value: decided.toLocaleString('en'), detail: text.byPeople },
  ]
  return (
    <Card title={text.title} isWide>
      <dl className={css.figures}>
        {figures.map(({ title, value, detail }) => (
          <div key={title}>
            <dt className={css.title}>{title}</dt>
            <dd className={css.value}>{value}</dd>
            <dd className={css.detail}>{detail}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
