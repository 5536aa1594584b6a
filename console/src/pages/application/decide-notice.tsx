import type { ApiApplicationInFull } from '@shenpi/sdk/contract/api'
import { Button } from '../../parts/button.tsx'
import { Icon, type IconName } from '../../parts/icon.tsx'
import { useFailureNotice } from '../../parts/use-failure-notice.ts'
import { useText } from '../../text/use-text.ts'
import css from './decide-bar.module.css'
import type { Obstacle } from './use-obstacle.ts'

/** What whoever decides has to know first. */
export function DecideNotice({ application, obstacle }: { application: ApiApplicationInFull; obstacle?: Obstacle }) {
  const { notices, scheduled } = useText().application
  const tell = useFailureNotice()
  if (obstacle?.type === 'claimed') {
    const { by, takeOver } = obstacle
    return (
      <Notice icon="person" text={notices.claimed(by)}>
        {takeOver && <Button onClick={() => void takeOver().catch(tell)}>{notices.takeOver}</Button>}
      </Notice>
    )
  }
  if (obstacle?.type === 'scheduled' && application.scheduled) {
    const { move, by } = application.scheduled
    return <Notice icon="approved" text={scheduled[move](by)} />
  }
  if (obstacle?.type === 'not_allowed') return <Notice icon="person" text={notices.notAllowed} />
  if (obstacle?.type === 'own_opinion') return <Notice icon="approved" text={notices.ownOpinion} />
  const [first] = application.opinions
  if (first) return <Notice icon="approved" text={notices.firstOpinion(first.by)} />
  if (application.approvals_needed > 1) return <Notice icon="person" text={notices.needsTwo} />
  return <Notice />
}

function Notice({ icon, text, children }: { icon?: IconName; text?: string; children?: React.ReactNode }) {
  return (
    <p className={css.notice} role="status">
      {icon && <Icon name={icon} />}
      <span>{text}</span>
      {children}
    </p>
  )
}
