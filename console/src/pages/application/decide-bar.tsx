import type { ApiApplicationInFull } from '@shenpi/sdk/contract/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Filters } from '../../data/filters.ts'
import { reasonsQuery } from '../../data/reasons.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { Button } from '../../parts/button.tsx'
import { useText } from '../../text/use-text.ts'
import css from './decide-bar.module.css'
import { DecideNotice } from './decide-notice.tsx'
import type { Neighbours } from './neighbours.ts'
import { RejectForm } from './reject-form.tsx'
import { useDecide } from './use-decide.ts'
import { useObstacle } from './use-obstacle.ts'

interface DecideBarProps {
  application: ApiApplicationInFull
  neighbours: Neighbours
  filters: Filters
}

/** Below every open application: approve it, reject it, or why neither can be done. */
export function DecideBar({ application, neighbours, filters }: DecideBarProps) {
  const text = useText().application
  const [rejects, setRejects] = useState(false)
  const decide = useDecide(application, neighbours, filters)
  const obstacle = useObstacle(application)
  // Its reasons are there when somebody rejects.
  useQuery(reasonsQuery(application.kind, 'reject'))
  const mayApprove = !obstacle || obstacle.allows === 'reject'
  const approve = mayApprove && obstacle?.allows !== 'reject' ? () => decide({ move: 'approve' }) : undefined
  const reject = mayApprove ? () => setRejects(true) : undefined
  useShortcuts({
    approve,
    reject,
    ...(rejects && { backToQueue: () => setRejects(false) }),
  })
  return (
    <footer className={css.foot}>
      {rejects && mayApprove && (
        <RejectForm application={application} decide={decide} onClose={() => setRejects(false)} />
      )}
      <div className={css.bar} hidden={rejects && !obstacle}>
        <DecideNotice application={application} obstacle={obstacle} />
        {!rejects && (
          <>
            <Button shortcut="reject" disabled={!reject} onClick={reject}>
              {text.reject}
            </Button>
            <Button look="primary" shortcut="approve" disabled={!approve} onClick={approve}>
              {neighbours.next ? text.approve : text.approveOnly}
            </Button>
          </>
        )}
      </div>
    </footer>
  )
}
