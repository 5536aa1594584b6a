import type { CalendarFile } from '@shenpi/sdk/contract/calendar-file'
import { useQuery } from '@tanstack/react-query'
import { calendarYearQuery, previewYear } from '../../data/calendar.ts'
import { useExplain } from '../../parts/explain.ts'
import css from './calendar.module.css'
import { usePolicyText } from './use-policy-text.ts'

/** What loading a file would change: days, and how many applications. */
export function YearPreview({ file }: { file: CalendarFile }) {
  const all = usePolicyText()
  const text = all.file
  const explain = useExplain()
  const { year, holidays, workdays } = file
  const { data: known } = useQuery(calendarYearQuery(year))
  const preview = useQuery({
    queryKey: ['policy', 'calendar-preview', year, holidays, workdays],
    queryFn: () => previewYear(year, file),
    staleTime: 0,
  })
  const before = new Set([...(known?.holidays ?? []), ...(known?.workdays ?? [])])
  const after = new Set([...holidays, ...workdays])
  const isReplaced = known !== undefined && known.source !== 'unknown'
  return (
    <div>
      <h3>{all.yearOf(year)}</h3>
      <p>
        {text.holidays(holidays.length)}, {text.workdays(workdays.length)}. {isReplaced && text.replaces}
      </p>
      {isReplaced && <Dates label={text.added} dates={[...after].filter((date) => !before.has(date))} />}
      {isReplaced && <Dates label={text.removed} dates={[...before].filter((date) => !after.has(date))} />}
      <p role="status">
        {preview.isError && explain(preview.error)}
        {preview.isPending && text.counting}
        {preview.data && text.moved(preview.data.moved, preview.data.looked_at, preview.data.is_all)}
      </p>
    </div>
  )
}

function Dates({ label, dates }: { label: string; dates: readonly string[] }) {
  if (dates.length === 0) return null
  return (
    <p className={css.dates}>
      {label}: {dates.toSorted().join(', ')}
    </p>
  )
}
