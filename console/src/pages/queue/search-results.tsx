import type { ApiFound } from '@shenpi/sdk/contract/api'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { searchQuery } from '../../data/search.ts'
import { Badge } from '../../parts/badge.tsx'
import { FailurePage } from '../../parts/failure-page.tsx'
import { Icon } from '../../parts/icon.tsx'
import { StatePage } from '../../parts/state-page.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import { QueueSkeleton } from './queue-skeleton.tsx'
import css from './search-results.module.css'

/** What was found, and by what of it. */
export function SearchResults({ sought }: { sought: string }) {
  const { results: text } = useText().queue
  const query = useQuery(searchQuery(sought))
  if (query.isError) return <FailurePage error={query.error} retry={() => void query.refetch()} />
  if (query.isPending) return <QueueSkeleton />
  const { items, more } = query.data
  if (items.length === 0) return <StatePage icon="search" title={text.none} body={text.noneBody} />
  return (
    <div className={css.scroller}>
      <ul>
        {items.map((found) => (
          <FoundRow key={found.type === 'application' ? found.id : found.appid} found={found} />
        ))}
      </ul>
      {more && <p className={css.more}>{text.more}</p>}
    </div>
  )
}

function FoundRow({ found }: { found: ApiFound['items'][number] }) {
  const { queue, states } = useText()
  const dates = useDates()
  const by = <span className={css.by}>{queue.results.by[found.match]}</span>
  if (found.type === 'account') {
    return (
      <li className={css.row}>
        <Icon name="person" />
        <Link to="/queue" search={{ appid: found.appid }} className={css.link}>
          {found.account_name}
        </Link>
        {by}
        <span className={css.code}>{found.appid}</span>
      </li>
    )
  }
  return (
    <li className={css.row}>
      <span className={css.state}>
        <Badge state={found.state} />
      </span>
      <Link to="/applications/$id" params={{ id: found.id }} search={{}} className={css.link}>
        {found.summary}
      </Link>
      {by}
      <span className={css.kind}>{states.kinds[found.kind]}</span>
      <time className={css.time} dateTime={found.applied_at} title={dates.exact(found.applied_at)}>
        {dates.short(found.applied_at)}
      </time>
    </li>
  )
}
