import { WIRE_CALLS } from '@shenpi/sdk/calls/wire'
import type { WireCall } from '@shenpi/sdk/contract/call'
import type { FastifyInstance } from 'fastify'
import { exchangeWith } from './in-process.ts'

/** An answer of the wire as it came, refusals too. */
export interface WireAnswer {
  errcode: number
  errmsg: string
  // biome-ignore lint/suspicious/noExplicitAny: every call answers members of its own
  [member: string]: any
}

export interface CallOptions {
  headers?: Record<string, string>
}

/** @param path of the wire, with or without the slash at its beginning */
export type CallWire = (path: string, body?: object, options?: CallOptions) => Promise<WireAnswer>

/** `errcode`s of a token that has ended or been replaced. */
const TOKEN_ENDED = [40001, 40014, 42001]

const calls = new Map<string, WireCall>(
  Object.values(WIRE_CALLS).flatMap((subject) => Object.values(subject).map((call) => [call.path, call])),
)

/** Calls the wire as an account, in process, with a token that is got when it is needed. */
export function createWireCaller(app: FastifyInstance, credentials: { appid: string; secret: string }): CallWire {
  let token: string | undefined

  async function send(path: string, body: object | undefined, { headers = {} }: CallOptions): Promise<WireAnswer> {
    const call = calls.get(path)
    const url = new URL(path, 'http://sandbox.test')
    if (call?.authorized !== false) {
      token ??= await getToken()
      url.searchParams.set('access_token', token)
    }
    if (body && call?.body === 'query') addAll(url.searchParams, body)
    const byPost = call?.body !== 'query' && (body !== undefined || !call?.methods.includes('GET'))
    const answer = await exchangeWith(app, {
      method: byPost ? 'POST' : 'GET',
      url,
      headers: { 'content-type': 'application/json', ...headers },
      ...(byPost && { body: JSON.stringify(body ?? {}) }),
    })
    return JSON.parse(answer.body.toString())
  }

  async function getToken(): Promise<string> {
    const asked = { grant_type: 'client_credential', ...credentials }
    const answer = await send('/cgi-bin/stable_token', asked, {})
    if (typeof answer.access_token !== 'string') throw new Error(`no token: ${answer.errcode} ${answer.errmsg}`)
    return answer.access_token
  }

  return async (path, body, options = {}) => {
    const whole = path.startsWith('/') ? path : `/${path}`
    const answer = await send(whole, body, options)
    if (!TOKEN_ENDED.includes(answer.errcode)) return answer
    token = undefined
    return await send(whole, body, options)
  }
}

function addAll(to: URLSearchParams, members: object): void {
  for (const [name, value] of Object.entries(members)) to.set(name, String(value))
}
