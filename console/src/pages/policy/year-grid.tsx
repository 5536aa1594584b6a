import type { ApiCalendarYear } from '@shenpi/sdk/contract/api'
import css from './calendar.module.css'
import { usePolicyText } from './use-policy-text.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** A year on a page: days off and days that are worked to make up, by colour, sign and word. */
export function YearGrid({ year }: { year: ApiCalendarYear }) {
  const text = usePolicyText()
  return (
    <>
      <div className={css.months}>
        {Array.from({ length: 12 }, (_, index) => (
          <Month key={text.month(index + 1)} year={year} month={index + 1} />
        ))}
      </div>
      <p className={css.legend}>
        <span className={css.holiday}>1</span> {text.legend.holiday}
        <span className={css.workday}>1</span> {text.legend.workday}
        <span className={css.weekend}>1</span> {text.legend.weekend}
      </p>
    </>
  )
}

function Month({ year: { year, holidays, workdays }, month }: { year: ApiCalendarYear; month: number }) {
  const text = usePolicyText()
  const first = Date.UTC(year, month - 1, 1)
  const count = (Date.UTC(year, month, 1) - first) / DAY_MS
  const days = Array.from({ length: count }, (_, index) => new Date(first + index * DAY_MS))
  // Monday is the first column.
  const offset = (new Date(first).getUTCDay() + 6) % 7
  const lookOf = (date: string, weekday: number) => {
    if (holidays.includes(date)) return 'holiday'
    if (workdays.includes(date)) return 'workday'
    return weekday === 0 || weekday === 6 ? 'weekend' : undefined
  }
  return (
    <section className={css.month} aria-label={text.month(month)}>
      <h3>{text.month(month)}</h3>
      <div className={css.days}>
        {text.weekdays.map((weekday, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the days of a week do not move
          <span key={index} className={css.weekday} aria-hidden="true">
            {weekday}
          </span>
        ))}
        {days.map((day, index) => {
          const date = day.toISOString().slice(0, 10)
          const look = lookOf(date, day.getUTCDay())
          return (
            <span
              key={date}
              className={look && css[look]}
              style={index === 0 ? { gridColumnStart: offset + 1 } : undefined}
              title={look && look !== 'weekend' ? text.dayTitle(date, text.legend[look]) : undefined}
              data-look={look}
            >
              {index + 1}
            </span>
          )
        })}
      </div>
    </section>
  )
}
