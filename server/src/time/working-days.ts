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

/** What is known of official holidays. Days are numbers, as {@link chinaDay} counts them: they are looked up day by day. */
export interface Calendar {
  holidays: ReadonlySet<number>
  workdays: ReadonlySet<number>
  /** The years whose holidays are known. */
  years: ReadonlySet<number>
}

/** A notice may reach into the December before its year, so a stray entry proves nothing; National Day stands in its own. */
const coveredYears = (holidays: Iterable<string>): number[] =>
  [...holidays].flatMap((date) => (date.endsWith('-10-01') ? Number.parseInt(date, 10) : []))

/** @param date `YYYY-MM-DD` */
const dayOfDate = (date: string): number => Date.parse(date) / DAY_MS
const yearOf = (day: number): number => new Date(day * DAY_MS).getUTCFullYear()

/** Those of a year, as `YYYY-MM-DD`, in order. */
export const datesOfYear = (days: ReadonlySet<number>, year: number): string[] =>
  [...days].flatMap((day) => (yearOf(day) === year ? toDate(day) : [])).toSorted()

const toDate = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** What was announced before this version was made. */
export const BUILT_IN_CALENDAR: Calendar = {
  holidays: new Set(Object.keys(calendar.holidays).map(dayOfDate)),
  workdays: new Set(Object.keys(calendar.workdays).map(dayOfDate)),
  years: new Set(coveredYears(Object.keys(calendar.holidays))),
}

/** With further years; one that is loaded counts instead of the one that is built in. */
export function withYears(known: Calendar, loaded: readonly CalendarYear[]): Calendar {
  if (loaded.length === 0) return known
  const years = new Set(loaded.map(({ year }) => year))
  const kept = (days: ReadonlySet<number>) => [...days].filter((day) => !years.has(yearOf(day)))
  return {
    holidays: new Set([...kept(known.holidays), ...loaded.flatMap(({ holidays }) => holidays.map(dayOfDate))]),
    workdays: new Set([...kept(known.workdays), ...loaded.flatMap(({ workdays }) => workdays.map(dayOfDate))]),
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
  const first = dayOf(from)
  const last = dayOf(to)
  let ms = 0
  for (let day = first; day <= last && ms <= enough; day += 1) {
    if (!isWorkingDay(day, known)) continue
    ms += DAY_MS
    if (day === first) ms -= from.getTime() - midnightOf(day).getTime()
    if (day === last) ms -= midnightOf(day + 1).getTime() - to.getTime()
  }
  return Math.max(0, ms)
}

/** @param day as `chinaDay` counts it, as below */
function isWorkingDay(day: number, { holidays, workdays }: Calendar): boolean {
  // The day 0 was a Thursday.
  const weekday = (((day + 4) % 7) + 7) % 7
  return workdays.has(day) || (weekday !== 0 && weekday !== 6 && !holidays.has(day))
}

function dayOf(at: Date): number {
  if (Number.isNaN(at.getTime())) throw new RangeError('not a date')
  return chinaDay(at)
}
