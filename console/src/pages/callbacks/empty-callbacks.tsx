import { useNavigate } from '@tanstack/react-router'
import type { DeliveryFilters } from '../../data/account-filters.ts'
import { hasFilters } from '../../data/filters.ts'
import { Button } from '../../parts/button.tsx'
import { StatePage } from '../../parts/state-page.tsx'
import { useText } from '../../text/use-text.ts'

export function EmptyCallbacks({ filters }: { filters: DeliveryFilters }) {
  const { callbacks, queue } = useText()
  const navigate = useNavigate()
  const { empty } = callbacks
  if (!hasFilters(filters)) return <StatePage icon="send" title={empty.title} body={empty.body} />
  return (
    <StatePage icon="filter" title={empty.filtered} body={empty.filteredBody}>
      <Button shortcut="clearFilters" onClick={() => void navigate({ to: '/callbacks', search: {} })}>
        {queue.clear}
      </Button>
    </StatePage>
  )
}
