/** What a date in a year's official holidays can be wrong by; `national_day`: the first of October is missing. */
export const CALENDAR_FAULTS = ['no_date', 'other_year', 'twice', 'worked_anyway', 'national_day'] as const
export type CalendarFault = (typeof CALENDAR_FAULTS)[number]

/** The official holidays of a year. Dates are `YYYY-MM-DD`. */
export interface CalendarDays {
  holidays: readonly string[]
  /** Saturdays and Sundays worked to make up for a holiday. */
  workdays: readonly string[]
}

/** One of its dates. */
export interface CalendarEntry {
  date: string
  isWorked: boolean
}

export const entriesOf = ({ holidays, workdays }: CalendarDays): CalendarEntry[] => [
  ...holidays.map((date) => ({ date, isWorked: false })),
  ...workdays.map((date) => ({ date, isWorked: true })),
]

/** What is wrong with the holidays of a year, each with the entry that it is about; none for a day that is missing. */
export function calendarFaults<Entry extends CalendarEntry>(
  year: number,
  entries: readonly Entry[],
): { fault: CalendarFault; entry?: Entry }[] {
  const seen = new Set<string>()
  const faults: { fault: CalendarFault; entry?: Entry }[] = []
  for (const entry of entries) {
    const fault = seen.has(entry.date) ? 'twice' : faultOf(entry, year)
    seen.add(entry.date)
    if (fault) faults.push({ fault, entry })
  }
  const hasNationalDay = entries.some(({ date, isWorked }) => date === `${year}-10-01` && !isWorked)
  return hasNationalDay ? faults : [...faults, { fault: 'national_day' }]
}

function faultOf({ date, isWorked }: CalendarEntry, year: number): CalendarFault | undefined {
  const day = new Date(date)
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== date) return 'no_date'
  // New Year may reach into the December before.
  if (!date.startsWith(`${year}-`) && !date.startsWith(`${year - 1}-12-`)) return 'other_year'
  return isWorked && ![0, 6].includes(day.getUTCDay()) ? 'worked_anyway' : undefined
}
