import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { deliveriesQuery } from '../../data/deliveries.ts'
import { useMay } from '../../data/own-account.ts'
import { rowsOf } from '../../data/pages-of.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { DeliveryCells, DeliveryHeads } from '../../parts/delivery-cells.tsx'
import { List } from '../../parts/list.tsx'
import page from '../../parts/list-page.module.css'
import { PageHeader } from '../../parts/page-header.tsx'
import { useText } from '../../text/use-text.ts'
import css from './callbacks-page.module.css'
import { DeliveryFilterBar } from './delivery-filter-bar.tsx'
import { EmptyCallbacks } from './empty-callbacks.tsx'

const ReplayDialog = lazy(async () => ({ default: (await import('./replay-dialog.tsx')).ReplayDialog }))
const route = getRouteApi('/callbacks')

export function CallbacksPage() {
  const { callbacks: text, queue } = useText()
  const filters = route.useSearch()
  const navigate = useNavigate()
  const mayReplay = useMay('delivery.replay')
  const [isReplaying, setReplaying] = useState(false)
  const query = useInfiniteQuery(deliveriesQuery(filters))
  const refresh = () => void query.refetch()
  useShortcuts({ refresh })
  const count = rowsOf(query.data).length
  return (
    <div className={page.page}>
      <PageHeader title={text.title} detail={query.data && (query.hasNextPage ? text.atLeast : text.count)(count)}>
        {mayReplay && <Button onClick={() => setReplaying(true)}>{text.replayRange}</Button>}
        <IconButton icon="refresh" label={queue.refresh} onClick={refresh} />
      </PageHeader>
      <DeliveryFilterBar filters={filters} />
      <List
        label={text.title}
        className={css.list}
        query={query}
        keyOf={({ id }) => id}
        head={<DeliveryHeads withAccount />}
        empty={<EmptyCallbacks filters={filters} />}
        open={({ id }) => void navigate({ to: '/callbacks/$id', params: { id }, search: filters })}
      >
        {(delivery) => <DeliveryCells delivery={delivery} filters={filters} withAccount />}
      </List>
      <Suspense>{isReplaying && <ReplayDialog filters={filters} onClose={() => setReplaying(false)} />}</Suspense>
    </div>
  )
}
