import type { ApiApplicationInFull } from '@shenpi/sdk/contract/api'
import { useNavigate } from '@tanstack/react-router'
import { type Decision, decide, undo } from '../../data/decisions.ts'
import type { Filters } from '../../data/filters.ts'
import { useExplain } from '../../parts/explain.ts'
import { notify } from '../../parts/notice.ts'
import { offerUndo } from '../../parts/undo.ts'
import { useText } from '../../text/use-text.ts'
import type { Neighbours } from './neighbours.ts'
import { useStale } from './use-stale.ts'

/** Decide and go on at once; what comes of it is told in passing, with the way back. */
export function useDecide(application: ApiApplicationInFull, { next }: Neighbours, filters: Filters) {
  const text = useText()
  const navigate = useNavigate()
  const explain = useExplain()
  const tellStale = useStale()
  const { id } = application
  const open = (opened: string) =>
    void navigate({ to: '/applications/$id', params: { id: opened }, search: filters, resetScroll: true })
  return (decision: Decision, onDecided?: () => void) => {
    if (next) open(next.id)
    else void navigate({ to: '/queue', search: filters })
    const { approved, rejected, notSent, look } = text.application.told
    decide(application, decision).then(
      ({ scheduled }) => {
        onDecided?.()
        const told = (decision.move === 'approve' ? approved : rejected)(id)
        if (scheduled?.state !== 'waiting') return notify({ text: told })
        offerUndo({
          text: told,
          since: scheduled.decided_at,
          until: scheduled.until,
          run: () =>
            undo(id).then(
              () => open(id),
              (error) => notify({ look: 'failure', text: explain(error) }),
            ),
        })
      },
      (error) =>
        notify({
          look: 'failure',
          text: `${notSent(id)} ${tellStale(error) ?? explain(error)}`,
          ms: 60_000,
          action: { label: look, run: () => open(id) },
        }),
    )
  }
}
