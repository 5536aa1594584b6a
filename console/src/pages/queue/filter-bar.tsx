import { APPLICATION_STATES, KIND_NAMES } from '@shenpi/sdk/contract/states'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { Button } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { Menu } from '../../parts/menu.tsx'
import { Segments } from '../../parts/segments.tsx'
import { useText } from '../../text/use-text.ts'
import css from './filter-bar.module.css'
import { type Filters, hasFilters } from './filters.ts'

const ALL = 'all'

export function FilterBar({ filters }: { filters: Filters }) {
  const { queue: text, states } = useText()
  const navigate = useNavigate()
  const [kindIsOpen, setKindOpen] = useState(false)
  const change = (changed: Filters) =>
    void navigate({ to: '/queue', search: { ...filters, ...changed }, replace: true })
  const clear = () => void navigate({ to: '/queue', search: {} })
  useShortcuts({ filterKind: () => setKindOpen(true), ...(hasFilters(filters) && { clearFilters: clear }) })
  return (
    <div className={css.bar}>
      <Segments
        label={text.state.label}
        value={filters.state ?? 'under_review'}
        options={APPLICATION_STATES.map((value) => ({ value, label: states.applications[value] }))}
        onChange={(state) => change({ state: state === 'under_review' ? undefined : state })}
      />
      <Menu
        isOpen={kindIsOpen}
        onOpenChange={setKindOpen}
        trigger={
          <Button icon="filter" look="quiet" shortcut="filterKind">
            {filters.kind ? states.kinds[filters.kind] : text.kind.label}
          </Button>
        }
        sections={[
          {
            title: text.kind.label,
            value: filters.kind ?? ALL,
            options: [
              { value: ALL, label: text.kind.all },
              ...KIND_NAMES.map((value) => ({ value, label: states.kinds[value] })),
            ],
            onChange: (chosen) => change({ kind: KIND_NAMES.find((name) => name === chosen) }),
          },
        ]}
      />
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
    </div>
  )
}
