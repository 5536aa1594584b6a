import type { ApiAccount, ApiDevice } from '@shenpi/sdk/contract/api'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { devicesQuery } from '../../data/devices.ts'
import { hasFilters } from '../../data/filters.ts'
import cell from '../../parts/cells.module.css'
import { List } from '../../parts/list.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { StatePage } from '../../parts/state-page.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import { DeviceFilterBar } from './device-filter-bar.tsx'
import css from './lists.module.css'

const route = getRouteApi('/accounts/$appid/{-$part}')

/** The devices of an account, all or some of them. */
export function Devices({ account: { appid } }: { account: ApiAccount }) {
  const { devices: text, parts } = useText().accounts
  const filters = route.useSearch()
  const query = useInfiniteQuery(devicesQuery(appid, filters))
  const empty = hasFilters(filters) ? (
    <StatePage icon="filter" title={text.filtered} body={text.filteredBody} />
  ) : (
    <StatePage icon="queue" title={text.empty} body={text.emptyBody} />
  )
  return (
    <>
      <DeviceFilterBar appid={appid} filters={filters} />
      <List
        label={parts.devices}
        className={css.devices}
        query={query}
        keyOf={({ device_id }) => String(device_id)}
        head={
          <>
            <span role="columnheader">{text.id}</span>
            <span role="columnheader">{text.beacon}</span>
            <span role="columnheader" className={cell.wide}>
              {text.comment}
            </span>
            <span role="columnheader" className={cell.medium}>
              {text.pagesHead}
            </span>
            <span role="columnheader" className={`${cell.time} ${cell.wide}`}>
              {text.lastActive}
            </span>
          </>
        }
        empty={empty}
      >
        {(device) => <DeviceCells device={device} />}
      </List>
    </>
  )
}

function DeviceCells({ device }: { device: ApiDevice }) {
  const text = useText().accounts.devices
  const dates = useDates()
  const { device_id, uuid, major, minor, comment, page_ids, last_active_at } = device
  return (
    <>
      <span role="cell">{device_id}</span>
      <span role="cell" className={cell.code} title={`${uuid} · ${major} · ${minor}`}>
        {uuid} · {major} · {minor}
      </span>
      <span role="cell" className={`${cell.quiet} ${cell.wide}`}>
        <PlainText text={comment} />
      </span>
      <span role="cell" className={`${cell.quiet} ${cell.medium}`} title={page_ids.join(', ')}>
        {text.pages(page_ids.length)}
      </span>
      <span
        role="cell"
        className={`${cell.time} ${cell.wide}`}
        title={last_active_at ? dates.exact(last_active_at) : ''}
      >
        {last_active_at ? dates.short(last_active_at) : text.never}
      </span>
    </>
  )
}
