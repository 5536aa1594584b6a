import { DELIVERY_STATES } from '@shenpi/sdk/contract/states'
import { Link, useNavigate } from '@tanstack/react-router'
import type { DeliveryFilters } from '../../data/account-filters.ts'
import { hasFilters, isAppid } from '../../data/filters.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { Button } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import css from '../../parts/filter-bar.module.css'
import { FilterMenu } from '../../parts/filter-menu.tsx'
import { SearchField } from '../../parts/search-field.tsx'
import { Segments } from '../../parts/segments.tsx'
import { fromChinaInput, toChinaInput } from '../../text/china-input.ts'
import { useText } from '../../text/use-text.ts'
import page from './callbacks-page.module.css'

const ALL = 'all'

export function DeliveryFilterBar({ filters }: { filters: DeliveryFilters }) {
  const { callbacks: text, queue } = useText()
  const navigate = useNavigate()
  const show = (search: DeliveryFilters) => void navigate({ to: '/callbacks', search, replace: true })
  const change = (changed: DeliveryFilters) => show({ ...filters, ...changed })
  const clear = () => show({})
  useShortcuts(hasFilters(filters) ? { clearFilters: clear } : {})
  return (
    <div className={css.bar}>
      <Segments
        label={text.state.label}
        value={filters.state ?? ALL}
        options={[
          { value: ALL, label: text.state.all },
          ...DELIVERY_STATES.map((value) => ({ value, label: text.states[value] })),
        ]}
        onChange={(chosen) => change({ state: DELIVERY_STATES.find((state) => state === chosen) })}
      />
      <FilterMenu
        label={text.event.label}
        value={filters.event}
        options={Object.entries(text.events).map(([value, label]) => ({ value, label }))}
        all={text.event.all}
        onChange={(event) => change({ event })}
      />
      {(['from', 'until'] as const).map((end) => (
        <label key={end} className={page.time}>
          {text[end]}
          <input
            type="datetime-local"
            className={page.input}
            value={toChinaInput(filters[end])}
            onChange={({ target }) => change({ [end]: fromChinaInput(target.value) })}
          />
        </label>
      ))}
      {filters.appid && (
        <Chip label={text.account.label} onRemove={() => change({ appid: undefined })}>
          <Link to="/accounts/$appid/{-$part}" params={{ appid: filters.appid, part: 'callbacks' }} search={{}}>
            {filters.appid}
          </Link>
        </Chip>
      )}
      {hasFilters(filters) && (
        <Button look="quiet" onClick={clear}>
          {queue.clear}
        </Button>
      )}
      <SearchField
        label={text.range.appid}
        value={filters.appid}
        maxLength={18}
        onChange={(sought) => (sought === undefined || isAppid(sought)) && change({ appid: sought })}
      />
    </div>
  )
}
