import { useQuery } from '@tanstack/react-query'
import { guessesQuery } from '../../data/staff.ts'
import { PlainText } from '../../parts/plain-text.tsx'
import { SettingsCard } from '../../parts/settings-card.tsx'
import { useDates } from '../../text/use-dates.ts'
import css from './staff-page.module.css'
import { useMembersText } from './use-members-text.ts'

/** An operator is told of guessing for so long. Unit: milliseconds. */
const TOLD_MS = 7 * 24 * 60 * 60 * 1000

/** Names and networks at which somebody guessed of late. */
export function Guesses() {
  const text = useMembersText()
  const dates = useDates()
  const { data } = useQuery(guessesQuery)
  const late = data?.items.filter(({ at }) => Date.now() - Date.parse(at) < TOLD_MS) ?? []
  if (late.length === 0) return null
  return (
    <SettingsCard title={text.guesses}>
      <ul className={css.guesses}>
        {late.map(({ entry_no, at, detail }) => {
          const { sort, of } = toGuess(detail)
          return (
            <li key={entry_no}>
              <PlainText text={text.guess(text.guessed[sort], of, dates.short(at))} />
            </li>
          )
        })}
      </ul>
    </SettingsCard>
  )
}

function toGuess(detail: unknown): { sort: 'account' | 'address' | 'code'; of: string } {
  const { sort, of }: { sort?: unknown; of?: unknown } = typeof detail === 'object' && detail ? detail : {}
  const known = (['account', 'address', 'code'] as const).find((each) => each === sort)
  return { sort: known ?? 'account', of: String(of) }
}
