import { useQuery } from '@tanstack/react-query'
import { clockQuery } from '../../data/sandbox-clocks.ts'
import { type Dates, useDates } from '../../text/use-dates.ts'

/** Dates whose today is an account's, by its own clock. @param appid null: of nobody who is known, by the machine's */
export function useAccountDates(appid: string | null): Dates {
  const dates = useDates()
  const { data: clock } = useQuery({ ...clockQuery(appid ?? ''), enabled: appid !== null })
  return clock ? { ...dates, short: (time) => dates.short(time, Date.parse(clock.now)) } : dates
}
