import { isObject } from '@shenpi/sdk/contract/is-object'
import { type ProblemCode, problemRow } from '@shenpi/sdk/contract/problems'
import type { CarriedIds } from './carried-ids.ts'
import { errcodeOf } from './differences.ts'
import { type Answer, type FormPart, type RecordedExchange, targetOf } from './recording.ts'
import { toSampleFile } from './sample-file.ts'

/** The account by which requests are sent, in the place of the one that was recorded. */
export interface Caller {
  appid: string
  secret: string
  token: string
}

export interface ToSend {
  /** Path and query. */
  target: string
  init: RequestInit
  /** Ids in it that no answer before it gave: `page_id 1234`. */
  unknown: Set<string>
}

/** What a member of a request is sent as. */
type ToMember = (name: string, value: unknown) => unknown

/** In the place of a credential that was refused: a recorded one is sent to nobody. */
const WRONG = 'wrong'
/** In the place of a lottery's own, which is masked: it has to be as long. */
const LOTTERY_KEY = '0123456789abcdef0123456789abcdef'
/** What the platform says of a token that is none, beside 40001. */
const TOKEN_MALFORMED = 40014

/** A recorded request as it is sent: by another account, with the ids that the server has given meanwhile. */
export async function toRequest(exchange: RecordedExchange, carried: CarriedIds, caller: Caller): Promise<ToSend> {
  const unknown = new Set<string>()
  const own = ownFor(exchange.answer, caller)
  const toMember: ToMember = (name, value) => {
    // What was left empty is missing on purpose.
    const theirs = value === '' || typeof value !== 'string' ? undefined : own.get(name)
    return theirs ?? carried.carry(value, unknown, name)
  }
  const { pathname, searchParams } = targetOf(exchange)
  const query = new URLSearchParams(
    [...searchParams].map(([name, value]): [string, string] => [name, String(toMember(name, value))]),
  )
  const { method } = exchange
  const body = method === 'GET' || method === 'HEAD' ? {} : await toBody(exchange, toMember)
  return {
    target: query.size > 0 ? `${pathname}?${query}` : pathname,
    init: { method, redirect: 'manual', ...body },
    unknown,
  }
}

/** What is the caller's own by its name in requests, or what is wrong where the recorded one was refused. */
function ownFor(answer: Answer | undefined, { appid, secret, token }: Caller): Map<string, string> {
  const errcode = isObject(answer?.body) ? errcodeOf(answer.body) : 0
  const refused = (...codes: ProblemCode[]) => codes.some((code) => problemRow(code).errcode === errcode)
  const sentSecret = refused('credential.secret_invalid') ? WRONG : secret
  const sponsor = refused('lottery.sponsor_foreign', 'lottery.sponsor_wrong') ? WRONG : appid
  return new Map([
    ['access_token', errcode === TOKEN_MALFORMED || refused('token.invalid', 'token.expired') ? WRONG : token],
    ['secret', sentSecret],
    ['appsecret', sentSecret],
    ['appid', refused('credential.appid_invalid') ? WRONG : appid],
    ['sponsor_appid', sponsor],
    ['sponsorapp_id', sponsor],
    ['key', refused('shake.request_invalid') ? WRONG : LOTTERY_KEY],
  ])
}

async function toBody(
  { body, text, form, type = 'application/json' }: RecordedExchange,
  toMember: ToMember,
): Promise<Pick<RequestInit, 'body' | 'headers'>> {
  // With a boundary of its own.
  if (form) return { body: await toForm(form, toMember) }
  if (text !== undefined) return { body: text, headers: { 'content-type': type } }
  if (body === undefined) return {}
  const content = isObject(body)
    ? Object.fromEntries(Object.entries(body).map(([name, value]) => [name, toMember(name, value)]))
    : toMember('', body)
  return { body: JSON.stringify(content), headers: { 'content-type': type } }
}

async function toForm(parts: readonly FormPart[], toMember: ToMember): Promise<FormData> {
  const form = new FormData()
  for (const part of parts) {
    if (part.value !== undefined) form.append(part.name, String(toMember(part.name, part.value)))
    else form.append(part.name, await toSampleFile(part), part.file ?? 'picture')
  }
  return form
}
