// The data alone: the package's functions go by the machine's time zone, and take several times as long to load.
import calendar from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { chinaDay, chinaYear, DAY_MS, midnightOf } from './china-time.ts'

/** The official holidays of a year, as they are loaded when they are announced. Dates are `YYYY-MM-DD`. */
export interface CalendarYear {
  year: number
  /** Days off by official notice, weekends inside a holiday included. */
  holidays: readonly string[]
  /** Saturdays and Sundays worked to make up for a holiday. */
  workdays: readonly string[]
}

/** What is known of official holidays. */
export interface Calendar {
  holidays: ReadonlySet<string>
  workdays: ReadonlySet<string>
  /** The years whose holidays are known. */
  years: ReadonlySet<number>
}

/** A notice may reach into the December before its year, so a stray entry proves nothing; National Day stands in its own. */
const coveredYears = (holidays: Iterable<string>): number[] =>
  [...holidays].flatMap((date) => (date.endsWith('-10-01') ? Number.parseInt(date, 10) : []))

/** What was announced before this version was made. */
export const BUILT_IN_CALENDAR: Calendar = {
  holidays: new Set(Object.keys(calendar.holidays)),
  workdays: new Set(Object.keys(calendar.workdays)),
  years: new Set(coveredYears(Object.keys(calendar.holidays))),
}

/** With further years; one that is loaded counts instead of the one that is built in. */
export function withYears(known: Calendar, loaded: readonly CalendarYear[]): Calendar {
  if (loaded.length === 0) return known
  const years = new Set(loaded.map(({ year }) => year))
  const kept = (dates: ReadonlySet<string>) => [...dates].filter((date) => !years.has(Number.parseInt(date, 10)))
  return {
    holidays: new Set([...kept(known.holidays), ...loaded.flatMap(({ holidays }) => holidays)]),
    workdays: new Set([...kept(known.workdays), ...loaded.flatMap(({ workdays }) => workdays)]),
    years: new Set([...known.years, ...years]),
  }
}

/**
 * The last millisecond, in China, by which a review that was promised in working days is due.
 * The day of application does not count, whether it is a working day or not; public holidays do not count, make-up
 * Saturdays and Sundays do. In years without holiday data only weekends are left out: ask {@link calendarCovers}
 * about the result and say so.
 *
 * @param workingDays a whole number of at least one
 * @throws RangeError when `workingDays` is anything else, or `appliedAt` is no date.
 * @example
 * // Friday noon: Monday, Tuesday, Wednesday
 * dueAt(new Date('2025-11-14T12:00:00+08:00'), 3) // 2025-11-19T23:59:59.999+08:00
 */
export function dueAt(appliedAt: Date, workingDays: number, known: Calendar = BUILT_IN_CALENDAR): Date {
  if (!Number.isInteger(workingDays) || workingDays < 1) throw new RangeError(`not a count of days: ${workingDays}`)
  let day = dayOf(appliedAt)
  for (let counted = 0; counted < workingDays; ) {
    day += 1
    if (isWorkingDay(day, known)) counted += 1
  }
  return new Date(midnightOf(day + 1).getTime() - 1)
}

/** Whether the official holidays of the year of `date`, as China's calendar shows it, are known. */
export function calendarCovers(date: Date, known: Calendar = BUILT_IN_CALENDAR): boolean {
  if (Number.isNaN(date.getTime())) throw new RangeError('not a date')
  return known.years.has(chinaYear(date))
}

/**
 * How much of working days lies between two times, each with all of its 24 hours. Unit: milliseconds.
 *
 * @param enough beyond it nobody needs to know how much: years are not gone through day by day
 */
export function workingMsBetween(from: Date, to: Date, known: Calendar, enough: number): number {
  let ms = 0
  const last = dayOf(to)
  for (let day = dayOf(from); day <= last && ms <= enough; day += 1) {
    if (!isWorkingDay(day, known)) continue
    const begins = Math.max(from.getTime(), midnightOf(day).getTime())
    const ends = Math.min(to.getTime(), midnightOf(day + 1).getTime())
    ms += Math.max(0, ends - begins)
  }
  return ms
}

/** @param day as `chinaDay` counts it, as below */
function isWorkingDay(day: number, { holidays, workdays }: Calendar): boolean {
  const date = dateOf(day)
  const weekday = new Date(day * DAY_MS).getUTCDay()
  return workdays.has(date) || (weekday !== 0 && weekday !== 6 && !holidays.has(date))
}

function dayOf(at: Date): number {
  if (Number.isNaN(at.getTime())) throw new RangeError('not a date')
  return chinaDay(at)
}

/** `YYYY-MM-DD`. */
function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, -'THH:mm:ss.sssZ'.length)
}
