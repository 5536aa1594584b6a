import type { ApiApplication } from '@shenpi/sdk/contract/api'
import type { Move } from '@shenpi/sdk/contract/states'
import { lazy, Suspense, useState } from 'react'
import { CHOSEN_MAX } from '../../data/bulk-decisions.ts'
import { useMay } from '../../data/own-account.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { Button } from '../../parts/button.tsx'
import { useText } from '../../text/use-text.ts'
import css from './bulk-bar.module.css'

const BulkDialog = lazy(async () => ({ default: (await import('./bulk-dialog.tsx')).BulkDialog }))

/** What can be done with all rows that are chosen. */
export function BulkBar({ chosen, onClear }: { chosen: readonly ApiApplication[]; onClear: () => void }) {
  const { queue, application } = useText()
  const [move, setMove] = useState<Move>()
  const mayDecide = useMay('application.decide_in_bulk')
  const kinds = new Set(chosen.map(({ kind }) => kind))
  useShortcuts({ clearFilters: onClear })
  const obstacle = kinds.size > 1 ? queue.bulk.kinds : chosen.length > CHOSEN_MAX ? queue.bulk.tooMany(CHOSEN_MAX) : ''
  return (
    <div className={css.bar} role="toolbar" aria-label={queue.chosen(chosen.length)}>
      <strong>{queue.chosen(chosen.length)}</strong>
      <span className={css.obstacle}>{mayDecide ? obstacle : queue.bulk.notAllowed}</span>
      <Button look="quiet" shortcut="clearFilters" onClick={onClear}>
        {queue.bulk.clear}
      </Button>
      {mayDecide && (
        <>
          <Button disabled={obstacle !== ''} onClick={() => setMove('reject')}>
            {application.reject}…
          </Button>
          <Button look="primary" disabled={obstacle !== ''} onClick={() => setMove('approve')}>
            {application.approveOnly}…
          </Button>
        </>
      )}
      <Suspense>
        {move && <BulkDialog chosen={chosen} move={move} onClose={() => setMove(undefined)} onDecided={onClear} />}
      </Suspense>
    </div>
  )
}
