import type { CountsOfDay } from '../../statistics/statistics.store.ts'
import { midnightOf } from '../../time/china-time.ts'
import { toUnixSeconds } from '../../time/unix-seconds.ts'

/** `ftime` of a day, and `date` of a list: midnight in UTC+8, in Unix seconds. */
export const toWireDate = (day: number): number => toUnixSeconds(midnightOf(day))

export function toWireDay({ day, ...counters }: CountsOfDay) {
  return { ftime: toWireDate(day), ...counters }
}
