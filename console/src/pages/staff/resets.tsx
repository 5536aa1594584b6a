import { useQuery } from '@tanstack/react-query'
import { resetsQuery } from '../../data/staff.ts'
import { PlainText } from '../../parts/plain-text.tsx'
import { SettingsCard } from '../../parts/settings-card.tsx'
import { useDates } from '../../text/use-dates.ts'
import css from './staff-page.module.css'
import { useMembersText } from './use-members-text.ts'

/** Operators see each other's resets for so long. Unit: milliseconds. */
const TOLD_MS = 7 * 24 * 60 * 60 * 1000

/** Whose way to sign in was reset of late, and by whom: whoever took the link is them from then on. */
export function Resets() {
  const text = useMembersText()
  const dates = useDates()
  const { data } = useQuery(resetsQuery)
  const late = data?.items.filter(({ at }) => Date.now() - Date.parse(at) < TOLD_MS) ?? []
  if (late.length === 0) return null
  return (
    <SettingsCard title={text.resets}>
      <ul className={css.guesses}>
        {late.map(({ entry_no, at, actor, detail }) => (
          <li key={entry_no}>
            <PlainText text={text.wasReset(toName(detail), actor, dates.short(at))} />
          </li>
        ))}
      </ul>
    </SettingsCard>
  )
}

function toName(detail: unknown): string {
  const { name }: { name?: unknown } = typeof detail === 'object' && detail ? detail : {}
  return String(name)
}
