import type { Language } from '@shenpi/sdk/contract/states'
import { usePreferences } from '../data/preferences.ts'

const ZONE = 'Asia/Shanghai'
const DAY_MS = 24 * 60 * 60 * 1000
const HOUR_MS = 60 * 60 * 1000
const MINUTE_MS = 60 * 1000

/** Times as a person in China reads them: every one in UTC+8. */
export interface Dates {
  /** 今天 18:00, 9月21日 18:00 */
  short(time: string, now?: number): string
  /** With the year and the zone, for a title. */
  exact(time: string): string
  /** 2小时前, in 3 days */
  relative(time: string, now?: number): string
  day(time: string): string
  /** 9月21日 */
  monthDay(time: string): string
}

const DATES: Readonly<Record<Language, Dates>> = { zh: datesIn('zh-CN', '今天'), en: datesIn('en-GB', 'Today') }

export const useDates = (): Dates => DATES[usePreferences().language]

/** The day in China that a moment falls on, as `2026-09-21`. */
export const chinaDay = (moment: number): string => new Date(moment + 8 * HOUR_MS).toISOString().slice(0, 10)

function datesIn(locale: string, today: string): Dates {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: ZONE, hourCycle: 'h23', ...options })
  const clock = format({ hour: '2-digit', minute: '2-digit' })
  const thisYear = format({ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' })
  const otherYear = format({ year: 'numeric', month: 'short', day: 'numeric' })
  const exact = format({ dateStyle: 'full', timeStyle: 'medium' })
  const day = format({ year: 'numeric', month: 'long', day: 'numeric' })
  const monthDay = format({ month: 'short', day: 'numeric' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' })
  return {
    short(time, now = Date.now()) {
      const at = Date.parse(time)
      if (chinaDay(at) === chinaDay(now)) return `${today} ${clock.format(at)}`
      return chinaDay(at).slice(0, 4) === chinaDay(now).slice(0, 4) ? thisYear.format(at) : otherYear.format(at)
    },
    exact: (time) => `${exact.format(Date.parse(time))} UTC+8`,
    day: (time) => day.format(Date.parse(time)),
    monthDay: (time) => monthDay.format(Date.parse(time)),
    relative(time, now = Date.now()) {
      const ms = Date.parse(time) - now
      if (Math.abs(ms) >= DAY_MS) return relative.format(Math.trunc(ms / DAY_MS), 'day')
      if (Math.abs(ms) >= HOUR_MS) return relative.format(Math.trunc(ms / HOUR_MS), 'hour')
      return relative.format(Math.trunc(ms / MINUTE_MS), 'minute')
    },
  }
}
