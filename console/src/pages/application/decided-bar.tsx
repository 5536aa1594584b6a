import type { ApiApplicationInFull } from '@shenpi/sdk/contract/api'
import { useNavigate } from '@tanstack/react-router'
import type { Filters } from '../../data/filters.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { useText } from '../../text/use-text.ts'
import css from './decide-bar.module.css'
import type { Neighbours } from './neighbours.ts'

interface DecidedBarProps {
  application: ApiApplicationInFull
  neighbours: Neighbours
  filters: Filters
}

/** In place of the bar to decide by, where somebody else was faster while the page was open. */
export function DecidedBar({ application: { state, decided_by }, neighbours: { next }, filters }: DecidedBarProps) {
  const { application: text, shortcuts } = useText()
  const navigate = useNavigate()
  const open = (id: string) => void navigate({ to: '/applications/$id', params: { id }, search: filters })
  return (
    <footer className={css.foot}>
      <div className={css.bar}>
        <p className={css.notice} role="status">
          <Icon name={state === 'rejected' ? 'reject' : 'approved'} />
          <span>{text.decidedMeanwhile[state](decided_by ?? '')}</span>
        </p>
        {next && (
          <Button shortcut="nextApplication" onClick={() => open(next.id)}>
            {shortcuts.nextApplication}
          </Button>
        )}
      </div>
    </footer>
  )
}
