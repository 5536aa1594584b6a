import type { CalendarDays } from '@shenpi/sdk/contract/calendar-year'
import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'
import { refreshPolicy } from './policy.ts'

export const calendarYearQuery = (year: number) =>
  queryOptions({
    queryKey: ['policy', 'calendar', year],
    queryFn: ({ signal }) => client.getCalendarYear({ params: { year } }, { signal }),
  })

const bodyOf = ({ holidays, workdays }: CalendarDays) => ({ holidays: [...holidays], workdays: [...workdays] })

/** What loading a year would change. */
export const previewYear = (year: number, days: CalendarDays) =>
  client.previewCalendarYear({ params: { year }, body: bodyOf(days) })

export async function loadYear(year: number, days: CalendarDays): Promise<void> {
  await client.loadCalendarYear({ params: { year }, body: bodyOf(days) })
  await refreshPolicy()
}
