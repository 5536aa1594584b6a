import { api } from '@shenpi/sdk/contract/api'
import { answer, connect, type RemoteOptions, toArgument } from './remote.ts'
import { printTable, toLocalTime } from './table.ts'

type ListOptions = RemoteOptions & { state: string; kind?: string; appid?: string; limit: string }

export async function list(options: ListOptions): Promise<void> {
  const client = await connect(options)
  const { kind, appid } = options
  const state = options.state === 'all' ? undefined : options.state
  const given = { state, kind, appid, limit: Number(options.limit) }
  const query = await toArgument(api.listApplications.query, given)
  const page = await client.call(api.listApplications, { query })
  answer(options, page, ({ items, next_cursor }) => {
    printTable(
      ['id', 'kind', 'account', 'state', 'due (UTC+8)', 'what'],
      items.map((item) => [
        item.id,
        item.kind,
        item.appid,
        item.overdue ? `${item.state}, overdue` : item.state,
        toLocalTime(item.due_at),
        item.summary,
      ]),
      state === 'under_review' ? 'No application is under review.' : 'No application.',
    )
    if (next_cursor) console.log(`There are more: --limit shows up to 200.`)
  })
}
