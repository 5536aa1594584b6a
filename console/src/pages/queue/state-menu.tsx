import type { Filters } from '../../data/filters.ts'
import { FilterMenu } from '../../parts/filter-menu.tsx'
import { useText } from '../../text/use-text.ts'

const CLOSED = ['approved', 'rejected'] as const

/** What is under review, or how it ended. */
export function StateMenu({ filters, change }: { filters: Filters; change: (changed: Filters) => void }) {
  const { queue: text, states } = useText()
  return (
    <FilterMenu
      label={text.state.label}
      value={CLOSED.find((state) => state === filters.state)}
      options={CLOSED.map((value) => ({ value, label: states.applications[value] }))}
      all={states.applications.under_review}
      onChange={(state) => change({ state, due: undefined, claim: undefined, stage: undefined })}
    />
  )
}
