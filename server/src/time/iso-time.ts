import { DAY_MS } from './china-time.ts'

const twoDigits = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'))
const threeDigits = Array.from({ length: 1000 }, (_, value) => String(value).padStart(3, '0'))

/** A memo: the times in a list are of a few days, by turns. */
const dates = new Map<number, string>()
const DATES_MAX = 1000

/**
 * The time as `Date.toISOString` writes it, in a fraction of its time: a list writes a hundred of them.
 *
 * @throws RangeError when it is no date
 */
export function toIsoTime(at: Date): string {
  const ms = at.getTime()
  const day = Math.floor(ms / DAY_MS)
  const date = dates.get(day) ?? writeDate(day, at)
  const rest = ms - day * DAY_MS
  const seconds = Math.floor(rest / 1000)
  const minutes = Math.floor(seconds / 60)
  const time = `${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}`
  return `${date}T${time}.${threeDigits[rest % 1000]}Z`
}

function writeDate(day: number, at: Date): string {
  const date = at.toISOString().slice(0, -'THH:mm:ss.sssZ'.length)
  if (dates.size >= DATES_MAX) dates.clear()
  dates.set(day, date)
  return date
}
