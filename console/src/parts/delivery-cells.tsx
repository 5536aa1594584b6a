import type { ApiDelivery } from '@shenpi/sdk/contract/api'
import { Link } from '@tanstack/react-router'
import type { DeliveryFilters } from '../data/account-filters.ts'
import { useDates } from '../text/use-dates.ts'
import { useText } from '../text/use-text.ts'
import cell from './cells.module.css'
import { DeliveryState } from './delivery-state.tsx'
import { PlainText } from './plain-text.tsx'

/** @param withAccount whose they are is told too */
export function DeliveryHeads({ withAccount = false }: { withAccount?: boolean }) {
  const { columns, delivery } = useText().callbacks
  return (
    <>
      <span role="columnheader">{columns.state}</span>
      <span role="columnheader">{columns.event}</span>
      {withAccount && (
        <span role="columnheader" className={cell.wide}>
          {columns.account}
        </span>
      )}
      <span role="columnheader" className={cell.medium}>
        {delivery.application}
      </span>
      <span role="columnheader" className={`${cell.number} ${cell.medium}`}>
        {columns.tries}
      </span>
      <span role="columnheader" className={`${cell.time} ${cell.medium}`}>
        {columns.created}
      </span>
    </>
  )
}

interface DeliveryCellsProps {
  delivery: ApiDelivery
  withAccount?: boolean
  /** Of the list: the way back leads there. */
  filters: DeliveryFilters
}

export function DeliveryCells({ delivery, withAccount = false, filters }: DeliveryCellsProps) {
  const text = useText().callbacks
  const dates = useDates()
  const { id, event, state, appid, account_name, application, attempts, created_at } = delivery
  return (
    <>
      <span role="cell">
        <DeliveryState state={state} />
      </span>
      <span role="cell">
        <Link to="/callbacks/$id" params={{ id }} search={filters} className={cell.link} title={event} preload={false}>
          {text.events[event] ?? event}
        </Link>
      </span>
      {withAccount && (
        <span role="cell" className={`${cell.quiet} ${cell.wide}`} title={appid}>
          <PlainText text={account_name} />
        </span>
      )}
      <span role="cell" className={`${cell.quiet} ${cell.medium}`}>
        {application}
      </span>
      <span role="cell" className={`${cell.number} ${cell.medium}`}>
        {attempts}
      </span>
      <time role="cell" dateTime={created_at} title={dates.exact(created_at)} className={`${cell.time} ${cell.medium}`}>
        {dates.short(created_at)}
      </time>
    </>
  )
}
