const DAY_MS = 24 * 60 * 60 * 1000
const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000

/** The day in UTC+8 that a moment belongs to, counted from 1970-01-01. */
export const chinaDayOf = (at: Date): number => Math.floor((at.getTime() + CHINA_OFFSET_MS) / DAY_MS)

/** A day's midnight in UTC+8. */
export const startOfChinaDay = (day: number): Date => new Date(day * DAY_MS - CHINA_OFFSET_MS)
