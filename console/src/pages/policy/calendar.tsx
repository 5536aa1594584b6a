import type { ApiCalendar } from '@shenpi/sdk/contract/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { calendarYearQuery } from '../../data/calendar.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { SettingsCard } from '../../parts/settings-card.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { chinaDay, useDates } from '../../text/use-dates.ts'
import css from './calendar.module.css'
import { LoadYear } from './load-year.tsx'
import { usePolicyText } from './use-policy-text.ts'
import { YearGrid } from './year-grid.tsx'

/** The holidays of a year, and how a further year is loaded. */
export function Calendar({ calendar, mayChange }: { calendar: ApiCalendar; mayChange: boolean }) {
  const text = usePolicyText()
  const dates = useDates()
  const [year, setYear] = useState(calendar.missing ?? Number.parseInt(chinaDay(Date.now()), 10))
  const [isLoading, setLoading] = useState(false)
  const { data } = useQuery(calendarYearQuery(year))
  return (
    <SettingsCard title={text.calendar} hint={text.calendarHint}>
      <div id="calendar" className={css.bar}>
        <IconButton icon="left" label={`${text.year} ${year - 1}`} onClick={() => setYear(year - 1)} />
        <span className={css.year}>{text.yearOf(year)}</span>
        <IconButton icon="right" label={`${text.year} ${year + 1}`} onClick={() => setYear(year + 1)} />
        {data && (
          <span className={css.source}>
            {data.loaded_at ? text.loadedAt(dates.short(data.loaded_at)) : text.sources[data.source]}
          </span>
        )}
        {mayChange && (
          <Button className={css.load} onClick={() => setLoading(true)}>
            {text.load}
          </Button>
        )}
      </div>
      {data?.source === 'unknown' && <p className={css.unknown}>{text.unknownYear}</p>}
      {data ? <YearGrid year={data} /> : <Skeleton height="22rem" />}
      {isLoading && <LoadYear onLoaded={setYear} onClose={() => setLoading(false)} />}
    </SettingsCard>
  )
}
