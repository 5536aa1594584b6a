import type { ApiApplication } from '@shenpi/sdk/contract/api'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { Filters } from '../../data/filters.ts'
import { Badge } from '../../parts/badge.tsx'
import { DueBadge } from '../../parts/due-badge.tsx'
import { Icon } from '../../parts/icon.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import css from './queue-row.module.css'

interface QueueRowProps {
  application: ApiApplication
  index: number
  top: number
  isCurrent: boolean
  filters: Filters
  isChosen: boolean
  /** It is another since the list was read. */
  isChanged: boolean
  onPoint: () => void
  onChoose: () => void
}

export const QueueRow = memo(function QueueRow({ application, index, top, isCurrent, ...props }: QueueRowProps) {
  const { queue, states } = useText()
  const dates = useDates()
  const { id, kind, state, summary, appid, account_name, applied_at, resubmission_of, stage, claim } = application
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-current={isCurrent}
      aria-selected={props.isChosen}
      className={`${css.row} ${isSettled(application, props.filters) ? css.settled : ''}`}
      style={{ transform: `translateY(${top}px)` }}
      onFocus={props.onPoint}
    >
      <span role="cell" className={css.choice}>
        <input
          type="checkbox"
          className={css.box}
          aria-label={queue.choose(summary || id)}
          checked={props.isChosen}
          onChange={props.onChoose}
        />
      </span>
      <span role="cell" className={css.due}>
        {state === 'under_review' ? <DueBadge application={application} /> : <Badge state={state} />}
      </span>
      <span role="cell" className={css.kind}>
        {states.kinds[kind]}
      </span>
      <span role="cell" className={css.summary}>
        <Link to="/applications/$id" params={{ id }} search={props.filters} className={css.link} preload={false}>
          {summary || id}
        </Link>
        {props.isChanged && <Tag look="accent">{queue.rowChanged}</Tag>}
        {resubmission_of && <Tag>{queue.resubmitted}</Tag>}
        {stage && stage !== 'open' && <Tag>{states.stages[stage]}</Tag>}
        {claim && (
          <span className={css.claim} title={queue.claimedBy(claim.by)}>
            <Icon name="person" />
            {claim.mine ? queue.claim.me : claim.by}
          </span>
        )}
      </span>
      <span role="cell" className={css.account} title={appid}>
        <PlainText text={account_name} />
      </span>
      <time role="cell" dateTime={applied_at} title={dates.exact(applied_at)} className={css.time}>
        {dates.short(applied_at)}
      </time>
    </div>
  )
})

/** Somebody has decided it: nothing is left to be done in this list. */
const isSettled = ({ stage, state }: ApiApplication, filters: Filters): boolean =>
  stage === 'scheduled' || (!filters.state && state !== 'under_review')
