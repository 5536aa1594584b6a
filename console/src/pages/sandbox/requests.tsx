import type { ApiRequestRow } from '@shenpi/sdk/contract/api'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { type RequestFilters, requestsQuery } from '../../data/requests.ts'
import type { SandboxSearch, ShownRequests } from '../../data/sandbox-search.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { IconButton } from '../../parts/button.tsx'
import cell from '../../parts/cells.module.css'
import bar from '../../parts/filter-bar.module.css'
import { List } from '../../parts/list.tsx'
import { Segments } from '../../parts/segments.tsx'
import { StatePage } from '../../parts/state-page.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useText } from '../../text/use-text.ts'
import css from './requests.module.css'
import { useAccountDates } from './use-account-dates.ts'
import { useSandboxText } from './use-sandbox-text.ts'

const route = getRouteApi('/sandbox/{-$part}')

const toFilters = (shown: ShownRequests | undefined, appid: string): RequestFilters => {
  if (shown === 'unclaimed') return {}
  return shown === 'refused' ? { appid, only: 'refused' } : { appid }
}

/** The newest calls of an account, each with its explanation behind it. */
export function Requests({ appid }: { appid: string }) {
  const { requests: text, parts } = useSandboxText()
  const { queue } = useText()
  const navigate = useNavigate()
  const { shown } = route.useSearch()
  const search = { appid, shown }
  const query = useInfiniteQuery(requestsQuery(toFilters(shown, appid)))
  const refresh = () => void query.refetch()
  useShortcuts({ refresh })
  const empty =
    shown === undefined ? (
      <StatePage icon="send" title={text.empty} body={text.emptyBody} />
    ) : (
      <StatePage icon="approved" title={text.emptyRefused} body={text.emptyRefusedBody} />
    )
  return (
    <>
      <div className={bar.bar}>
        <Segments
          label={text.filter}
          value={shown ?? 'all'}
          options={[
            { value: 'all', label: text.all },
            { value: 'refused', label: text.refused },
            { value: 'unclaimed', label: text.unclaimed },
          ]}
          onChange={(to) =>
            void navigate({ to: '.', search: { appid, shown: to === 'all' ? undefined : to }, replace: true })
          }
        />
        <IconButton icon="refresh" label={queue.refresh} onClick={refresh} />
      </div>
      <List
        label={parts.requests}
        className={css.list}
        query={query}
        keyOf={({ rid }) => rid}
        head={<RequestHeads />}
        empty={empty}
        open={({ rid }) => void navigate({ to: '/requests/$rid', params: { rid }, search })}
      >
        {(request) => <RequestCells request={request} search={search} />}
      </List>
    </>
  )
}

function RequestHeads() {
  const { columns } = useSandboxText().requests
  return (
    <>
      <span role="columnheader">{columns.call}</span>
      <span role="columnheader">{columns.result}</span>
      <span role="columnheader" className={cell.medium}>
        {columns.check}
      </span>
      <span role="columnheader" className={`${cell.number} ${cell.wide}`}>
        {columns.cost}
      </span>
      <span role="columnheader" className={`${cell.time} ${cell.medium}`}>
        {columns.time}
      </span>
    </>
  )
}

function RequestCells({ request, search }: { request: ApiRequestRow; search: SandboxSearch }) {
  const { requests: text, checks } = useSandboxText()
  const dates = useAccountDates(request.appid)
  const { rid, path, problem, errcode, check, cost_ms, at, injected_by } = request
  return (
    <>
      <span role="cell">
        <Link to="/requests/$rid" params={{ rid }} search={search} className={cell.link} title={path} preload={false}>
          {path || '/'}
        </Link>
      </span>
      <span role="cell" title={problem ?? ''}>
        {problem === null && injected_by === null ? (
          <Tag look="good">{text.wentWell}</Tag>
        ) : (
          <Tag look={injected_by === null ? 'danger' : 'warn'}>
            {injected_by === null ? String(errcode) : text.injected}
          </Tag>
        )}{' '}
        <span className={cell.quiet}>{problem}</span>
      </span>
      <span role="cell" className={`${cell.quiet} ${cell.medium}`}>
        {check ? checks[check] : ''}
      </span>
      <span role="cell" className={`${cell.number} ${cell.wide}`}>
        {text.ms(cost_ms)}
      </span>
      <time role="cell" dateTime={at} title={dates.exact(at)} className={`${cell.time} ${cell.medium}`}>
        {dates.short(at)}
      </time>
    </>
  )
}
