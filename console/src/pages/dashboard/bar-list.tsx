import type { ReactNode } from 'react'
import css from './bar-list.module.css'

export interface Bar {
  key: string
  label: ReactNode
  value: number
  /** What of it is meant apart: it is hatched. */
  part?: number
  /** The number in words, where it is not the value alone. */
  told?: string
  look?: 'late' | 'soon' | 'plain'
}

/** One bar a row: what it is of, how long it is, and its number. */
export function BarList({ bars, max }: { bars: readonly Bar[]; max?: number }) {
  const longest = max ?? Math.max(1, ...bars.map(({ value }) => value))
  return (
    <ul className={css.list}>
      {bars.map(({ key, label, value, part = 0, told, look = 'plain' }) => (
        <li key={key} className={css.row}>
          <span className={css.label}>{label}</span>
          <svg className={`${css.bar} ${css[look]}`} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
            <rect className={css.track} width="100" height="1" />
            <rect className={css.whole} width={(100 * value) / longest} height="1" />
            <rect className={css.part} x={(100 * (value - part)) / longest} width={(100 * part) / longest} height="1" />
          </svg>
          <span className={css.value}>{told ?? value.toLocaleString('en')}</span>
        </li>
      ))}
    </ul>
  )
}
