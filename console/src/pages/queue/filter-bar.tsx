import { CLAIM_FILTERS, DUE_FILTERS } from '@shenpi/sdk/contract/states'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { countsQuery } from '../../data/applications.ts'
import { type Filters, hasFilters } from '../../data/filters.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { Button } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import css from '../../parts/filter-bar.module.css'
import { FilterMenu } from '../../parts/filter-menu.tsx'
import { SearchField } from '../../parts/search-field.tsx'
import { Segments } from '../../parts/segments.tsx'
import { useText } from '../../text/use-text.ts'
import { KindMenu } from './kind-menu.tsx'
import { SaveView } from './save-view.tsx'
import { StateMenu } from './state-menu.tsx'

const ALL = 'all'
/** Those that few applications are at. */
const STAGES = ['second_opinion', 'scheduled', 'refused'] as const

export function FilterBar({ filters }: { filters: Filters }) {
  const { queue: text, states } = useText()
  const navigate = useNavigate()
  const { data: counts } = useQuery(countsQuery(filters))
  const change = (changed: Filters) =>
    void navigate({ to: '/queue', search: { ...filters, ...changed }, replace: true })
  const clear = () => void navigate({ to: '/queue', search: {} })
  const due = filters.due ?? ALL
  const dues = [ALL, ...DUE_FILTERS] as const
  useShortcuts({
    filterDue: () => change({ state: undefined, due: DUE_FILTERS[dues.indexOf(due)] }),
    ...(hasFilters(filters) && { clearFilters: clear }),
  })
  return (
    <div className={css.bar}>
      {!filters.state && (
        <Segments
          label={text.due.label}
          value={due}
          options={dues.map((value) => ({
            value,
            label: text.due[value],
            count: value === ALL ? counts?.open : counts?.due[value],
          }))}
          onChange={(chosen) => change({ due: DUE_FILTERS.find((name) => name === chosen) })}
        />
      )}
      <KindMenu filters={filters} change={change} />
      {!filters.state && (
        <FilterMenu
          label={text.claim.label}
          value={filters.claim}
          options={CLAIM_FILTERS.map((value) => ({ value, label: text.claim[value], count: counts?.claim[value] }))}
          all={text.claim.all}
          onChange={(claim) => change({ claim })}
        />
      )}
      <StateMenu filters={filters} change={change} />
      {!filters.state && (
        <FilterMenu
          label={text.stage.label}
          value={STAGES.find((stage) => stage === filters.stage)}
          options={STAGES.map((value) => ({ value, label: states.stages[value], count: counts?.stage[value] }))}
          all={text.stage.all}
          onChange={(stage) => change({ stage })}
        />
      )}
      {filters.appid && (
        <Chip label={text.account.label} onRemove={() => change({ appid: undefined })}>
          {filters.appid}
        </Chip>
      )}
      {hasFilters(filters) && (
        <Button look="quiet" onClick={clear}>
          {text.clear}
        </Button>
      )}
      {hasFilters(filters) && <SaveView filters={filters} />}
      <SearchField label={text.search} value={filters.q} maxLength={254} onChange={(q) => change({ q })} />
    </div>
  )
}
