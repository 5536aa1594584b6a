import type { ApiTrailEntry } from '@shenpi/sdk/contract/api'
import { useQuery } from '@tanstack/react-query'
import type { guessesQuery } from '../../data/staff.ts'
import { PlainText } from '../../parts/plain-text.tsx'
import { SettingsCard } from '../../parts/settings-card.tsx'
import { useDates } from '../../text/use-dates.ts'
import css from './staff-page.module.css'

/** An operator is told of an entry for so long. Unit: milliseconds. */
const TOLD_MS = 7 * 24 * 60 * 60 * 1000

interface LateEntriesProps {
  query: typeof guessesQuery
  title: string
  /** An entry in words. */
  tell: (entry: ApiTrailEntry, at: string) => string
}

/** What of the trail operators are to see of late; nothing where there is none. */
export function LateEntries({ query, title, tell }: LateEntriesProps) {
  const dates = useDates()
  const { data } = useQuery(query)
  const late = data?.items.filter(({ at }) => Date.now() - Date.parse(at) < TOLD_MS) ?? []
  if (late.length === 0) return null
  return (
    <SettingsCard title={title}>
      <ul className={css.entries}>
        {late.map((entry) => (
          <li key={entry.entry_no}>
            <PlainText text={tell(entry, dates.short(entry.at))} />
          </li>
        ))}
      </ul>
    </SettingsCard>
  )
}
