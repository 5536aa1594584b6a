import { DECISION_WAYS, type DecisionWay } from '@shenpi/sdk/contract/states'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import css from './day-columns.module.css'
import { type DecidedDay, sumOf } from './decided-per-day.tsx'
import { Patterns } from './patterns.tsx'
import { useWidth } from './use-width.ts'

const HEIGHT = 160
/** Of a day, the part that its column takes. */
const FILLED = 0.72
const COLUMN_MAX = 36

/** A column a day, in which what decided is told by place, pattern and colour. */
export function DayColumns({ days, label }: { days: readonly DecidedDay[]; label: string }) {
  const { perDay: text } = useText().dashboard
  const dates = useDates()
  const [width, frame] = useWidth()
  const most = Math.max(1, ...days.map(({ of }) => sumOf(of)))
  const top = roundUp(most)
  const step = width / days.length
  const dayOf = ({ date }: DecidedDay) => dates.monthDay(`${date}T00:00:00+08:00`)
  const total = days.reduce((sum, { of }) => sum + sumOf(of), 0)
  const [first, last] = [days[0], days.at(-1)]
  return (
    <figure className={css.figure}>
      <div ref={frame} className={css.frame}>
        <span className={css.top}>{top.toLocaleString('en')}</span>
        {width > 0 && (
          <svg width={width} height={HEIGHT} role="img" aria-label={text.summary(label, days.length, total, most)}>
            <Patterns />
            <line className={css.grid} x2={width} y1="0.5" y2="0.5" />
            <line className={css.grid} x2={width} y1={HEIGHT / 2} y2={HEIGHT / 2} />
            <line className={css.base} x2={width} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
            {days.map((day, at) => (
              <Column
                key={day.date}
                day={day}
                top={top}
                x={at * step}
                step={step}
                title={`${dayOf(day)} · ${text.tells(day.of)}`}
              />
            ))}
          </svg>
        )}
      </div>
      <p className={css.axis} aria-hidden="true">
        <span>{first && dayOf(first)}</span>
        <span>{last && dayOf(last)}</span>
      </p>
      <figcaption className={css.legend}>
        {DECISION_WAYS.map((way) => (
          <span key={way}>
            <Sample way={way} /> {text.ways[way]}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}

interface ColumnProps {
  day: DecidedDay
  top: number
  x: number
  step: number
  title: string
}

function Column({ day: { of }, top, x, step, title }: ColumnProps) {
  const width = Math.min(step * FILLED, COLUMN_MAX)
  let y = HEIGHT
  return (
    <g>
      <title>{title}</title>
      <rect className={css.hit} x={x} width={step} height={HEIGHT} />
      {DECISION_WAYS.map((way) => {
        const height = (of[way] / top) * (HEIGHT - 1)
        y -= height
        return height > 0 && <Bar key={way} way={way} x={x + (step - width) / 2} y={y} width={width} height={height} />
      })}
    </g>
  )
}

function Bar({ way, ...place }: { way: DecisionWay; x: number; y: number; width: number; height: number }) {
  return (
    <>
      <rect className={css[way]} {...place} />
      <rect fill={`url(#way-${way})`} {...place} />
    </>
  )
}

function Sample({ way }: { way: DecisionWay }) {
  return (
    <svg className={css.sample} width="12" height="12" aria-hidden="true">
      <Bar way={way} x={0} y={0} width={12} height={12} />
    </svg>
  )
}

/** The next number with one digit that is not zero, or half of one. */
function roundUp(most: number): number {
  const unit = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 4, 6, 8, 10].map((each) => each * unit).find((each) => each >= most) ?? most
}
