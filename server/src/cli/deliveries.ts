import { api } from '@shenpi/sdk/contract/api'
import { answer, connect, type RemoteOptions, toArgument } from './remote.ts'
import { printTable, toLocalTime } from './table.ts'

type ListOptions = RemoteOptions & { state?: string; appid?: string; application?: string; limit: string }

export async function list(options: ListOptions): Promise<void> {
  const client = await connect(options)
  const { state, appid, application } = options
  const given = { state, appid, application, limit: Number(options.limit) }
  const query = await toArgument(api.listDeliveries.query, given)
  const page = await client.call(api.listDeliveries, { query })
  answer(options, page, ({ items, next_cursor }) => {
    printTable(
      ['id', 'event', 'account', 'application', 'state', 'attempts', 'created (UTC+8)'],
      items.map((item) => [
        item.id,
        item.event,
        item.appid,
        item.application,
        item.state,
        String(item.attempts),
        toLocalTime(item.created_at),
      ]),
      'No delivery.',
    )
    if (next_cursor) console.log(`There are more: --limit shows up to 200.`)
  })
}

export async function replay(id: string, options: RemoteOptions): Promise<void> {
  const client = await connect(options)
  const delivery = await client.call(api.replayDelivery, { params: { id } })
  answer(options, delivery, () => console.log(`Delivery ${delivery.id} is on its way again.`))
}
