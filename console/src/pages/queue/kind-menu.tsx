import { KIND_NAMES } from '@shenpi/sdk/contract/states'
import { useState } from 'react'
import type { Filters } from '../../data/filters.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { FilterMenu } from '../../parts/filter-menu.tsx'
import { useText } from '../../text/use-text.ts'

export function KindMenu({ filters, change }: { filters: Filters; change: (changed: Filters) => void }) {
  const { queue: text, states } = useText()
  const [isOpen, setOpen] = useState(false)
  useShortcuts({ filterKind: () => setOpen(true) })
  return (
    <FilterMenu
      label={text.kind.label}
      value={filters.kind}
      options={KIND_NAMES.map((value) => ({ value, label: states.kinds[value] }))}
      all={text.kind.all}
      shortcut="filterKind"
      isOpen={isOpen}
      onOpenChange={setOpen}
      onChange={(kind) => change({ kind })}
    />
  )
}
