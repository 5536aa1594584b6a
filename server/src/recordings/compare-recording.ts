import { isObject } from '@shenpi/sdk/contract/is-object'
import { codeOf, messageOf } from '../thrown.ts'
import { CarriedIds } from './carried-ids.ts'
import { compareAnswers, type Difference } from './differences.ts'
import { toBody } from './har.ts'
import { type Answer, isCallOfWire, type RecordedExchange, targetOf } from './recording.ts'
import { type Caller, toRequest } from './to-request.ts'

/** How long an answer is waited for. Unit: milliseconds. */
const ANSWER_MS = 30_000
/** The longest answer that is read. Unit: bytes. */
const ANSWER_MAX_BYTES = 16 * 1024 * 1024
/** After so many requests in a row without an answer nobody is there. */
const UNANSWERED_MAX = 5

/** What became of one recorded exchange. */
export interface Outcome {
  line: number
  method: string
  path: string
  differences: (Difference | Unanswered)[]
  /** Lists that were empty on one side. */
  unseen: string[]
  /** Ids in the request that no answer of the recording gave. */
  unknown: string[]
  /** Why it was not sent. */
  passedOver?: string
}

/** The server that is compared gave no answer at all. */
interface Unanswered {
  kind: 'unanswered'
  at: ''
  recorded: string
  answered: string
}

/** The server does not answer, or gives no token: there is nothing to compare. */
export class NothingToCompare extends Error {
  override name = 'NothingToCompare'
}

/**
 * Send recorded requests to a server, in their order, and compare what it answers.
 *
 * @throws NothingToCompare
 */
export async function* compareRecording(
  exchanges: readonly RecordedExchange[],
  { url, ...credentials }: { url: string; appid: string; secret: string },
): AsyncGenerator<Outcome> {
  const carried = new CarriedIds()
  const caller: Caller = { ...credentials, token: await getToken(url, credentials) }
  let unanswered = 0
  for (const exchange of exchanges) {
    const outcome = await compareOne(exchange, url, carried, caller)
    yield outcome
    unanswered = outcome.differences.some(({ kind }) => kind === 'unanswered') ? unanswered + 1 : 0
    if (unanswered === UNANSWERED_MAX) throw new NothingToCompare(`${url} does not answer any more`)
  }
}

async function compareOne(
  exchange: RecordedExchange,
  url: string,
  carried: CarriedIds,
  caller: Caller,
): Promise<Outcome> {
  const { line, method, answer } = exchange
  const outcome: Outcome = { line, method, path: targetOf(exchange).pathname, differences: [], unseen: [], unknown: [] }
  const passedOver = whyNot(exchange, outcome.path)
  if (passedOver || !answer) return { ...outcome, passedOver: passedOver ?? 'no answer was recorded' }
  const { target, init, unknown } = await toRequest(exchange, carried, caller)
  const answered = await ask(url, target, init)
  if (typeof answered === 'string') {
    const unanswered: Unanswered = { kind: 'unanswered', at: '', recorded: 'an answer', answered }
    return { ...outcome, differences: [unanswered] }
  }
  carried.learn(answer.body, answered.body)
  if (isObject(answered.body) && typeof answered.body.access_token === 'string') {
    caller.token = answered.body.access_token
  }
  return { ...outcome, ...compareAnswers(answer, answered), unknown: [...unknown] }
}

function whyNot({ answer, failure, left_out }: RecordedExchange, path: string): string | undefined {
  if (!isCallOfWire(path)) return 'no call of this wire'
  if (!answer) return failure ?? 'no answer was recorded'
  return left_out && `its body was not recorded (${left_out})`
}

/** A token that ends no other. @throws NothingToCompare */
async function getToken(url: string, { appid, secret }: { appid: string; secret: string }): Promise<string> {
  const answer = await ask(url, '/cgi-bin/stable_token', {
    method: 'POST',
    redirect: 'manual',
    body: JSON.stringify({ grant_type: 'client_credential', appid, secret }),
  })
  if (typeof answer === 'string') throw new NothingToCompare(`no server answers at ${url}: ${answer}`)
  if (isObject(answer.body) && typeof answer.body.access_token === 'string') return answer.body.access_token
  const why = isObject(answer.body) ? `: ${JSON.stringify(answer.body.errmsg)}` : ''
  throw new NothingToCompare(`${url} gives ${appid} no token${why}; --appid and --secret name an account of its`)
}

/** What a server answers, or why it does not. */
async function ask(url: string, target: string, init: RequestInit): Promise<Answer | string> {
  try {
    const response = await fetch(url.replace(/\/+$/, '') + target, { ...init, signal: AbortSignal.timeout(ANSWER_MS) })
    const type = response.headers.get('content-type')
    return { status: response.status, ...(type && { type }), ...toBody(await readText(response)) }
  } catch (error) {
    if (error instanceof DOMException) return `no answer within ${ANSWER_MS / 1000} s`
    const cause = error instanceof Error ? error.cause : undefined
    return codeOf(cause) ?? messageOf(error)
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > ANSWER_MAX_BYTES) throw new Error(`an answer of more than ${ANSWER_MAX_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
