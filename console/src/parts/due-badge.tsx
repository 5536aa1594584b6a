import type { ApiApplication } from '@shenpi/sdk/contract/api'
import { chinaDay, useDates } from '../text/use-dates.ts'
import { useText } from '../text/use-text.ts'
import css from './due-badge.module.css'
import { Icon } from './icon.tsx'

type Due = 'overdue' | 'today' | 'later'

/** When a review is due, by words, sign and colour: never by colour alone. */
export function DueBadge({ application }: { application: ApiApplication }) {
  const { due } = useText().queue
  const dates = useDates()
  const { due_at, due_is_certain } = application
  const state = stateOf(application)
  return (
    <span className={`${css.badge} ${css[state]}`} title={`${due[state]} · ${dates.exact(due_at)}`}>
      <Icon name={state} />
      <span className={css.word}>{state === 'overdue' ? due.overdue : dates.short(due_at)}</span>
      {state === 'overdue' && <span className={css.since}>{dates.relative(due_at)}</span>}
      {!due_is_certain && <span title={due.uncertain}>≈</span>}
    </span>
  )
}

function stateOf({ overdue, due_at }: ApiApplication): Due {
  if (overdue) return 'overdue'
  return chinaDay(Date.parse(due_at)) <= chinaDay(Date.now()) ? 'today' : 'later'
}
