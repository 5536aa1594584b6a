import { type ApiReplayPreview, api } from '@shenpi/sdk/contract/api'
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

type RangeOptions = RemoteOptions & {
  from: string
  until: string
  state?: string
  event?: string
  appid?: string
  yes?: boolean
}

export async function replayRange(options: RangeOptions): Promise<void> {
  const client = await connect(options)
  const { from, until, state, event, appid } = options
  const range = await toArgument(api.previewReplay.body, { from, until, state, event, appid })
  const preview = await client.call(api.previewReplay, { body: range })
  if (!options.yes) return answer(options, preview, showPreview)
  const replayed = await client.call(api.replayDeliveries, { body: { ...range, deliveries: preview.deliveries } })
  answer(options, replayed, ({ refused }) => {
    console.log(`${replayed.replayed} deliveries of ${replayed.accounts} accounts are on their way again.`)
    for (const { appid, title } of refused) console.log(`${appid}: ${title}`)
  })
}

function showPreview({ deliveries, unaddressed, seconds, by_account }: ApiReplayPreview): void {
  printTable(
    ['account', 'name', 'deliveries'],
    by_account.map((of) => [of.appid, of.name, of.addressed ? String(of.deliveries) : `${of.deliveries}, no URL`]),
    'No delivery fits.',
  )
  if (deliveries > 0) console.log(`${deliveries} would be sent again within ${seconds} s: add --yes.`)
  if (unaddressed > 0) console.log(`${unaddressed} would not: their accounts have no callback URL.`)
}
