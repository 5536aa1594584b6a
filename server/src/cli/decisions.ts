import type { ApiCaller } from '@shenpi/sdk/client'
import { type ApiApplicationInFull, type ApiBulkItem, api } from '@shenpi/sdk/contract/api'
import type { DecisionResult, Move } from '@shenpi/sdk/contract/states'
import { answer, connect, type RemoteOptions, toArgument } from './remote.ts'
import { printTable, toLocalSecond, toTerminal } from './table.ts'

interface DecideOptions extends RemoteOptions {
  reason?: string
  /** The number of a reason of the library. */
  fromLibrary?: string
  language?: string
  field?: string[]
  override?: boolean
  delay?: boolean
  preview?: boolean
}

/** Decide one application, or several: all of them or none. */
export async function decide(ids: readonly string[], move: Move, options: DecideOptions): Promise<void> {
  const client = await connect(options)
  const applications: { id: string; version: number }[] = []
  for (const id of ids) {
    const { version } = await client.call(api.getApplication, { params: { id } })
    applications.push({ id, version })
  }
  const { override, delay } = options
  const body = { move, ...(await toReason(client, options)), ...(override && { override }), ...(delay && { delay }) }
  const [one, ...others] = applications
  if (options.preview) {
    const preview = await client.call(api.previewBulkDecision, { body: { applications, ...body } })
    answer(options, preview, ({ items }) => printTable(['id', 'what comes of it'], items.map(toRow), 'No application.'))
  } else if (one && others.length === 0) {
    const { id, version } = one
    const decided = await client.call(api.decideApplication, { params: { id }, version, body })
    answer(options, decided, () => console.log(describeDecided(decided)))
  } else {
    const bulk = await client.call(api.createBulkDecision, { body: { applications, ...body } })
    answer(options, bulk, ({ id, total, until }) => {
      const when = delay ? `takes effect at ${toLocalSecond(until)}` : 'takes effect now'
      console.log(`The decision on ${total} applications ${when}: ${move}.`)
      if (delay) console.log(`Until then "shenpi undo ${id}" takes all of it back.`)
    })
  }
}

/** Why: what was typed, and what is missing of it from the library. */
async function toReason(client: ApiCaller, { reason, fromLibrary, language, field }: DecideOptions) {
  if (fromLibrary === undefined) return { reason: reason ?? '', ...(field && { fields: field }) }
  const params = await toArgument(api.listReasonVersions.params, { reason_no: Number(fromLibrary) })
  const { items } = await client.call(api.listReasonVersions, { params, query: { limit: 1 } })
  const [newest] = items
  if (!newest) throw new Error(`reason ${fromLibrary} has no version`)
  const { reason_no, version, text, fields } = newest
  const template = { reason_no, version }
  return { reason: reason ?? text[language === 'en' ? 'en' : 'zh'], fields: field ?? fields, template }
}

const COMES: Readonly<Record<DecisionResult, string>> = {
  outcome: 'the outcome',
  second_opinion: 'the first approval of two',
}

const toRow = ({ id, leads_to, refusal }: ApiBulkItem) => [
  id,
  leads_to === null ? `refused: ${refusal?.title} ${refusal?.detail ?? ''}` : COMES[leads_to],
]

/** Take a decision back, by its application, or by its own id where it is on several. */
export async function undo(id: string, options: RemoteOptions): Promise<void> {
  const client = await connect(options)
  if (BULK_ID.test(id)) return await undoBulk(client, id, options)
  const application = await client.call(api.undoDecision, { params: { id } })
  answer(options, application, () => console.log(`The decision on application ${application.id} is taken back.`))
}

/** No application has such an id. */
const BULK_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function undoBulk(client: ApiCaller, id: string, options: RemoteOptions): Promise<void> {
  const bulk = await client.call(api.undoBulkDecision, { params: { id } })
  answer(options, bulk, ({ total }) => console.log(`The decision on ${total} applications is taken back.`))
}

function describeDecided({ id, state, stage, scheduled, summary }: ApiApplicationInFull): string {
  const what = toTerminal(summary)
  if (scheduled) {
    return `Application ${id}: ${scheduled.move} takes effect at ${toLocalSecond(scheduled.until)}: ${what}`
  }
  if (stage === 'second_opinion') return `Application ${id} waits for the second opinion of somebody else: ${what}`
  return `Application ${id} is ${state}: ${what}`
}
