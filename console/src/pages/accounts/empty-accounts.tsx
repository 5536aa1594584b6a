import { useNavigate } from '@tanstack/react-router'
import type { AccountFilters } from '../../data/account-filters.ts'
import { hasFilters } from '../../data/filters.ts'
import { Button } from '../../parts/button.tsx'
import { StatePage } from '../../parts/state-page.tsx'
import { useText } from '../../text/use-text.ts'

export function EmptyAccounts({ filters }: { filters: AccountFilters }) {
  const { accounts, queue } = useText()
  const navigate = useNavigate()
  const { empty } = accounts
  if (!hasFilters(filters)) return <StatePage icon="account" title={empty.title} body={empty.body} />
  return (
    <StatePage icon="filter" title={empty.filtered} body={empty.filteredBody}>
      <Button shortcut="clearFilters" onClick={() => void navigate({ to: '/accounts', search: {} })}>
        {queue.clear}
      </Button>
    </StatePage>
  )
}
