import { type ApiApplicationInFull, api } from '@shenpi/sdk/contract/api'
import type { Move } from '@shenpi/sdk/contract/states'
import { answer, connect, type RemoteOptions, toArgument } from './remote.ts'
import { printTable, toLocalTime, toTerminal } from './table.ts'

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

interface DecideOptions extends RemoteOptions {
  reason?: string
  field?: string[]
  override?: boolean
  delay?: boolean
}

export async function decide(id: string, move: Move, options: DecideOptions): Promise<void> {
  const client = await connect(options)
  const { reason = '', field: fields, override, delay } = options
  const { version } = await client.call(api.getApplication, { params: { id } })
  const body = { move, reason, ...(fields && { fields }), ...(override && { override }), ...(delay && { delay }) }
  const decided = await client.call(api.decideApplication, { params: { id }, version, body })
  answer(options, decided, () => console.log(describeDecided(decided)))
}

/** Take a decision back. */
export async function undo(id: string, options: RemoteOptions): Promise<void> {
  const client = await connect(options)
  const application = await client.call(api.undoDecision, { params: { id } })
  answer(options, application, () => console.log(`The decision on application ${application.id} is taken back.`))
}

function describeDecided({ id, state, stage, scheduled, summary }: ApiApplicationInFull): string {
  const what = toTerminal(summary)
  if (scheduled) return `Application ${id}: ${scheduled.move} takes effect at ${toLocalTime(scheduled.until)}: ${what}`
  if (stage === 'second_opinion') return `Application ${id} waits for the second opinion of somebody else: ${what}`
  return `Application ${id} is ${state}: ${what}`
}
