import { guessesQuery } from '../../data/staff.ts'
import { LateEntries } from './late-entries.tsx'
import { useMembersText } from './use-members-text.ts'

/** Names and networks at which somebody guessed of late. */
export function Guesses() {
  const text = useMembersText()
  return (
    <LateEntries
      query={guessesQuery}
      title={text.guesses}
      tell={({ detail }, at) => {
        const { sort, of } = toGuess(detail)
        return text.guess(text.guessed[sort], of, at)
      }}
    />
  )
}

function toGuess(detail: unknown): { sort: 'account' | 'address' | 'code'; of: string } {
  const { sort, of }: { sort?: unknown; of?: unknown } = typeof detail === 'object' && detail ? detail : {}
  const known = (['account', 'address', 'code'] as const).find((each) => each === sort)
  return { sort: known ?? 'account', of: String(of) }
}
