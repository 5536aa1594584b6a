import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { accountsQuery } from '../../data/accounts.ts'
import { rowsOf } from '../../data/pages-of.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { IconButton } from '../../parts/button.tsx'
import { List } from '../../parts/list.tsx'
import page from '../../parts/list-page.module.css'
import { PageHeader } from '../../parts/page-header.tsx'
import { useText } from '../../text/use-text.ts'
import { AccountCells, AccountHeads } from './account-cells.tsx'
import { AccountFilterBar } from './account-filter-bar.tsx'
import css from './accounts-page.module.css'
import { EmptyAccounts } from './empty-accounts.tsx'

const route = getRouteApi('/accounts')

export function AccountsPage() {
  const { accounts: text, queue } = useText()
  const filters = route.useSearch()
  const navigate = useNavigate()
  const query = useInfiniteQuery(accountsQuery(filters))
  const refresh = () => void query.refetch()
  useShortcuts({ refresh })
  const count = rowsOf(query.data).length
  return (
    <div className={page.page}>
      <PageHeader title={text.title} detail={query.data && (query.hasNextPage ? text.atLeast : text.count)(count)}>
        <IconButton icon="refresh" label={queue.refresh} onClick={refresh} />
      </PageHeader>
      <AccountFilterBar filters={filters} />
      <List
        label={text.title}
        className={css.list}
        query={query}
        keyOf={({ appid }) => appid}
        head={<AccountHeads />}
        empty={<EmptyAccounts filters={filters} />}
        open={({ appid }) => void navigate({ to: '/accounts/$appid/{-$part}', params: { appid }, search: {} })}
      >
        {(account) => <AccountCells account={account} />}
      </List>
    </div>
  )
}
