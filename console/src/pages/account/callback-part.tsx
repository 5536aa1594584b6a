import type { ApiAccount } from '@shenpi/sdk/contract/api'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { deliveriesQuery } from '../../data/deliveries.ts'
import { DeliveryCells, DeliveryHeads } from '../../parts/delivery-cells.tsx'
import { List } from '../../parts/list.tsx'
import { StatePage } from '../../parts/state-page.tsx'
import { useText } from '../../text/use-text.ts'
import { CallbackSetting } from './callback-setting.tsx'
import css from './lists.module.css'

/** Where an account is called back, and what was sent there. */
export function CallbackPart({ account }: { account: ApiAccount }) {
  const { callbacks: text, accounts } = useText()
  const navigate = useNavigate()
  const { appid } = account
  const query = useInfiniteQuery(deliveriesQuery({ appid }))
  return (
    <>
      <CallbackSetting account={account} />
      <List
        label={accounts.callback.deliveries}
        className={css.deliveries}
        query={query}
        keyOf={({ id }) => id}
        head={<DeliveryHeads />}
        empty={<StatePage icon="send" title={text.empty.title} body={text.empty.body} />}
        open={({ id }) => void navigate({ to: '/callbacks/$id', params: { id }, search: { appid } })}
      >
        {(delivery) => <DeliveryCells delivery={delivery} filters={{ appid }} />}
      </List>
    </>
  )
}
