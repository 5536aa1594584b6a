export const DAY_MS = 24 * 60 * 60 * 1000

/** China's clock, all year: UTC+8, without summer time. */
const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000

/** The day in China, counted from 1970-01-01. */
export function chinaDay(at: Date): number {
  return Math.floor((at.getTime() + CHINA_OFFSET_MS) / DAY_MS)
}

/** A day's midnight in China. @param day as {@link chinaDay} counts it */
export function midnightOf(day: number): Date {
  return new Date(day * DAY_MS - CHINA_OFFSET_MS)
}

export function startOfChinaDay(at: Date): Date {
  return midnightOf(chinaDay(at))
}

/** The year in China. */
export function chinaYear(at: Date): number {
  return new Date(at.getTime() + CHINA_OFFSET_MS).getUTCFullYear()
}

/**
 * The month in China.
 *
 * @example
 * chinaMonth(new Date('2026-02-28T16:00:00Z')) // '2026-03'
 */
export function chinaMonth(at: Date): string {
  return new Date(at.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 7)
}

/**
 * A point in time as a clock in China shows it.
 *
 * @example
 * toChinaTime(new Date('2026-02-28T16:00:00Z')) // '2026-03-01 00:00:00'
 */
export function toChinaTime(at: Date): string {
  return new Date(at.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')
}
