import type { ApiDeliveryInFull } from '@shenpi/sdk/contract/api'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { deliveryQuery, replayDelivery } from '../../data/deliveries.ts'
import { useMay } from '../../data/own-account.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { FailurePage } from '../../parts/failure-page.tsx'
import page from '../../parts/list-page.module.css'
import { notify } from '../../parts/notice.ts'
import { PageHeader } from '../../parts/page-header.tsx'
import { RowsSkeleton } from '../../parts/rows.tsx'
import { ScrollingColumn } from '../../parts/scroller.tsx'
import { useFailureNotice } from '../../parts/use-failure-notice.ts'
import { useText } from '../../text/use-text.ts'
import { DeliveryFacts } from './delivery-facts.tsx'
import css from './delivery-page.module.css'
import { Message } from './message.tsx'
import { TryTable } from './try-table.tsx'

const route = getRouteApi('/callbacks/$id')

export function DeliveryPage() {
  const { callbacks: text } = useText()
  const { id } = route.useParams()
  const filters = route.useSearch()
  const navigate = useNavigate()
  const tell = useFailureNotice()
  const mayReplay = useMay('delivery.replay')
  const query = useQuery(deliveryQuery(id))
  const back = () => void navigate({ to: '/callbacks', search: filters })
  useShortcuts({ back })
  const delivery = query.data
  const replay = () => void replayDelivery(id).then(() => notify({ text: text.replayed }), tell)
  return (
    <div className={page.page}>
      <PageHeader
        title={delivery ? (text.events[delivery.event] ?? delivery.event) : text.delivery.title}
        lead={<IconButton icon="left" label={text.back} onClick={back} />}
        detail={id}
      >
        {delivery && mayReplay && (
          <Button icon="again" onClick={replay}>
            {text.replay}
          </Button>
        )}
      </PageHeader>
      {delivery && <DeliveryView delivery={delivery} />}
      {!delivery && query.isError && <FailurePage error={query.error} retry={() => void query.refetch()} />}
      {!delivery && query.isPending && <RowsSkeleton />}
    </div>
  )
}

function DeliveryView({ delivery }: { delivery: ApiDeliveryInFull }) {
  const { title } = useText().callbacks.delivery
  return (
    <ScrollingColumn label={title} className={css.body}>
      <DeliveryFacts delivery={delivery} />
      <TryTable tries={delivery.tries} />
      <Message message={delivery.message} />
    </ScrollingColumn>
  )
}
