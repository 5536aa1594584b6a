import { useNavigate } from '@tanstack/react-router'
import { type Filters, hasFilters } from '../../data/filters.ts'
import { Button } from '../../parts/button.tsx'
import { StatePage } from '../../parts/state-page.tsx'
import { useText } from '../../text/use-text.ts'

export function EmptyQueue({ filters }: { filters: Filters }) {
  const { empty, clear } = useText().queue
  const navigate = useNavigate()
  if (!hasFilters(filters)) return <StatePage icon="approved" title={empty.title} body={empty.body} />
  return (
    <StatePage icon="filter" title={empty.filtered} body={empty.filteredBody}>
      <Button shortcut="clearFilters" onClick={() => void navigate({ to: '/queue', search: {} })}>
        {clear}
      </Button>
    </StatePage>
  )
}
