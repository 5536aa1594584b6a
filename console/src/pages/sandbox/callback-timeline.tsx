import type { ApiDelivery } from '@shenpi/sdk/contract/api'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { deliveriesQuery } from '../../data/deliveries.ts'
import { rowsOf } from '../../data/pages-of.ts'
import { Button } from '../../parts/button.tsx'
import { DeliveryState } from '../../parts/delivery-state.tsx'
import { FailurePage } from '../../parts/failure-page.tsx'
import { RowsSkeleton } from '../../parts/rows.tsx'
import { ScrollingColumn } from '../../parts/scroller.tsx'
import { StatePage } from '../../parts/state-page.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import css from './callback-timeline.module.css'
import { useAccountDates } from './use-account-dates.ts'
import { useSandboxText } from './use-sandbox-text.ts'

/** How often what is on its way is looked at. Unit: milliseconds. */
const LOOK_EVERY_MS = 5_000
/** They come of no application. */
const OF_PHONES = /^Shakearound/

/** What was sent to the merchant, day by day, the newest first. */
export function CallbackTimeline({ appid }: { appid: string }) {
  const { callbacks: text, parts } = useSandboxText()
  const query = useInfiniteQuery({ ...deliveriesQuery({ appid }), refetchInterval: LOOK_EVERY_MS })
  const deliveries = rowsOf(query.data)
  const dates = useDates()
  if (query.isError && deliveries.length === 0)
    return <FailurePage error={query.error} retry={() => void query.refetch()} />
  if (query.isPending) return <RowsSkeleton />
  if (deliveries.length === 0 && !query.hasNextPage)
    return <StatePage icon="send" title={text.empty} body={text.emptyBody} />
  const days = Map.groupBy(deliveries, ({ created_at }) => dates.day(created_at))
  return (
    <ScrollingColumn label={parts.callbacks} className={css.scroller}>
      {[...days].map(([day, ofDay]) => (
        <section key={day} className={css.day}>
          <h2 className={css.title}>{day}</h2>
          <ol className={css.line}>
            {ofDay.map((delivery) => (
              <DeliveryPoint key={delivery.id} delivery={delivery} />
            ))}
          </ol>
        </section>
      ))}
      {query.hasNextPage && (
        <Button icon="down" look="quiet" onClick={() => void query.fetchNextPage()}>
          {text.more}
        </Button>
      )}
    </ScrollingColumn>
  )
}

function DeliveryPoint({ delivery }: { delivery: ApiDelivery }) {
  const { callbacks: text } = useSandboxText()
  const { callbacks } = useText()
  const dates = useAccountDates(delivery.appid)
  const { id, appid, event, state, attempts, created_at, due_at, application } = delivery
  return (
    <li className={css.point} data-state={state}>
      <time dateTime={created_at} title={dates.exact(created_at)} className={css.time}>
        {dates.short(created_at)}
      </time>
      <Link to="/callbacks/$id" params={{ id }} search={{ appid }} className={css.event}>
        {callbacks.events[event] ?? event}
      </Link>
      <DeliveryState state={state} />
      <span className={css.quiet}>{text.tries(attempts)}</span>
      {state === 'pending' && due_at && <span className={css.quiet}>{text.nextTry(dates.short(due_at))}</span>}
      {!OF_PHONES.test(event) && (
        <Link to="/applications/$id" params={{ id: application }} search={{}} className={css.quiet}>
          {application}
        </Link>
      )}
    </li>
  )
}
