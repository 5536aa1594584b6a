import { ACCOUNT_FILTERS } from '@shenpi/sdk/contract/states'
import { useNavigate } from '@tanstack/react-router'
import type { AccountFilters } from '../../data/account-filters.ts'
import { hasFilters } from '../../data/filters.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { Button } from '../../parts/button.tsx'
import css from '../../parts/filter-bar.module.css'
import { SearchField } from '../../parts/search-field.tsx'
import { Segments } from '../../parts/segments.tsx'
import { useText } from '../../text/use-text.ts'

const ALL = 'all'

export function AccountFilterBar({ filters }: { filters: AccountFilters }) {
  const { accounts: text, queue } = useText()
  const navigate = useNavigate()
  const show = (search: AccountFilters) => void navigate({ to: '/accounts', search, replace: true })
  const clear = () => show({})
  useShortcuts(hasFilters(filters) ? { clearFilters: clear } : {})
  return (
    <div className={css.bar}>
      <Segments
        label={text.state.label}
        value={filters.having ?? ALL}
        options={[
          { value: ALL, label: text.state.all },
          ...ACCOUNT_FILTERS.map((value) => ({ value, label: text.state[value] })),
        ]}
        onChange={(chosen) => show({ having: ACCOUNT_FILTERS.find((name) => name === chosen) })}
      />
      {hasFilters(filters) && (
        <Button look="quiet" onClick={clear}>
          {queue.clear}
        </Button>
      )}
      <SearchField label={text.search} value={filters.q} maxLength={100} onChange={(q) => show({ q })} />
    </div>
  )
}
