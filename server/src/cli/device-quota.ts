import { api } from '@shenpi/sdk/contract/api'
import { answer, connect, type RemoteOptions } from './remote.ts'
import { printTable, toLocalTime, toTerminal } from './table.ts'

export async function apply(
  appid: string,
  options: RemoteOptions & { quantity: string; purpose: string },
): Promise<void> {
  const client = await connect(options)
  const { quantity, purpose } = options
  const body = { quantity: Number(quantity), purpose }
  const application = await client.call(api.applyForDeviceQuota, { params: { appid }, body })
  answer(options, application, ({ id, summary }) =>
    console.log(`Application ${id} is under review: ${toTerminal(summary)}`),
  )
}

type ShowOptions = RemoteOptions & { quantity?: string; limit: string }

export async function show(appid: string, options: ShowOptions): Promise<void> {
  const client = await connect(options)
  const quantity = options.quantity === undefined ? undefined : Number(options.quantity)
  const query = { limit: Number(options.limit), quantity }
  const quota = await client.call(api.getDeviceQuota, { params: { appid }, query })
  answer(options, quota, ({ ceiling, allocated, remaining, under_review, dry_run, ledger }) => {
    console.log(`${allocated} of ${ceiling} device IDs are allocated, ${remaining} remain.`)
    if (under_review) console.log(`Application ${under_review} for more is under review.`)
    if (dry_run) {
      const { outcome, problem, remaining: left } = dry_run
      const what = { approved: 'approved at once', under_review: 'reviewed by the staff', refused: 'refused' }
      const why = problem ? ` (${problem})` : ''
      console.log(`A batch of ${dry_run.quantity} would be ${what[outcome]}${why} and leave ${left}.`)
    }
    printTable(
      ['at (UTC+8)', 'entry', 'quantity', 'application', 'devices', 'text'],
      ledger.items.map((item) => [
        toLocalTime(item.at),
        item.entry,
        `${item.entry === 'rise' ? '+' : ''}${item.quantity}`,
        item.application,
        item.first_device_id === null ? '' : `${item.first_device_id}–${item.last_device_id}`,
        item.text,
      ]),
      'The ledger is empty.',
    )
    if (ledger.next_cursor) console.log(`There are more: --limit shows up to 200.`)
  })
}
