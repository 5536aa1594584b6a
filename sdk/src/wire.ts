import { WIRE_CALLS } from './calls/wire.ts'
import type { AnswerOf, Call, RequestOf, WireCall } from './contract/call.ts'
import { isObject } from './contract/is-object.ts'
import type { TokenKind } from './contract/states.ts'
import type { Wire } from './contract/wire.ts'
import { type CallOptions, exchange, type Fetch, TIMEOUT_MS, UnansweredError } from './exchange.ts'
import { shareToken, type TokenStore } from './wire/access-token.ts'
import { GAPS_MS, orAborted, repeat } from './wire/repeat.ts'
import { refusesToken } from './wire/wire-error.ts'
import { readAnswer, toRequest, type WireFile } from './wire/wire-format.ts'

export type { CallOptions } from './exchange.ts'
export { UnansweredError } from './exchange.ts'
export type { AccessToken, TokenStore } from './wire/access-token.ts'
export { WireError } from './wire/wire-error.ts'
export type { WireFile } from './wire/wire-format.ts'

type PartOf<C extends Call> = NonNullable<NonNullable<C['upload']>['part']>

/** What a call takes: its request, and for an upload the file under the name of its part. */
export type WireArguments<C extends Call> = RequestOf<C> & { [P in PartOf<C>]?: WireFile }

/** A call as a function; its arguments may be left out where none is required. */
export type WireMethod<C extends Call> =
  Record<never, never> extends WireArguments<C>
    ? (request?: WireArguments<C>, options?: CallOptions) => Promise<AnswerOf<C>>
    : (request: WireArguments<C>, options?: CallOptions) => Promise<AnswerOf<C>>

export type WireClient = {
  readonly [S in keyof Wire]: {
    readonly [C in keyof Wire[S]]: Wire[S][C] extends Call ? WireMethod<Wire[S][C]> : never
  }
} & {
  /** The same for a call that is given as the contract states it. */
  call<C extends Call>(call: C, ...args: Parameters<WireMethod<C>>): Promise<AnswerOf<C>>
}

export interface WireClientOptions {
  /** Of a Shenpi. Default: the platform itself, `https://api.weixin.qq.com`. */
  url?: string
  appid: string
  /** A function is called for every new token, so that a rotated secret needs no restart. */
  secret: string | (() => string | Promise<string>)
  /**
   * `stable`: processes that share nothing get the same token. `plain`: every new token ends the one before in five
   * minutes, so several processes need a common `store`.
   */
  tokens?: TokenKind
  /** Where several processes keep the token that they share. Default: each client for itself. */
  store?: TokenStore
  /** For each attempt. Unit: milliseconds. Default: 30 s. */
  timeoutMs?: number
  /** The waits before the repeats of a safe call, in milliseconds; `[]` never repeats. Default: 250, 1000, 4000. */
  gapsMs?: readonly number[]
  fetch?: Fetch
  /** Epoch milliseconds; a test may bring its own clock. */
  now?: () => number
}

type AnyRequest = Record<string, unknown>
type Token = AnswerOf<Wire['tokens']['token']>

const OFFICIAL_URL = 'https://api.weixin.qq.com'

/**
 * A client of the wire, typed by its contract: every call as a function, `client.deviceBatches.deviceApplyId({ … })`.
 *
 * It gets and renews the access token. A call that only reads is repeated after -1 or no answer; a submission never is,
 * as it may have arrived. For a merchant's server: a browser must not know the secret.
 *
 * @example
 * const wire = createWireClient({ url: 'http://127.0.0.1:8080', appid, secret })
 * const { apply_id } = await wire.deviceBatches.deviceApplyId({ quantity: 3, apply_reason: 'shop floor' })
 */
export function createWireClient(options: WireClientOptions): WireClient {
  const { url: baseUrl = OFFICIAL_URL, appid, tokens = 'stable', store, now = Date.now } = options
  const { fetch = globalThis.fetch, gapsMs = GAPS_MS, timeoutMs = TIMEOUT_MS } = options
  const { host, pathname } = new URL(baseUrl)
  const key = `${host}${pathname.replace(/\/+$/, '')} ${appid} ${tokens}`
  const token = shareToken({ key, store, request: requestToken, now })

  async function requestToken(): Promise<Token> {
    const secret = typeof options.secret === 'function' ? await options.secret() : options.secret
    const call = tokens === 'plain' ? WIRE_CALLS.tokens.token : WIRE_CALLS.tokens.stableToken
    // Many may be waiting for it, so none of them can abort it.
    const answer = await send(call, { grant_type: 'client_credential', appid, secret }, {})
    if (isToken(answer)) return answer
    throw new UnansweredError(call.path, 'an answer without a token')
  }

  function send(call: WireCall, request: AnyRequest, callOptions: CallOptions, token?: string): Promise<unknown> {
    const { signal, timeoutMs: eachMs = timeoutMs } = callOptions
    const once = async () => {
      const { path, url, init } = toRequest(call, request, { baseUrl, token })
      return readAnswer(call, await exchange(fetch, { path, url, init }, { timeoutMs: eachMs, signal }))
    }
    return call.safe ? repeat(gapsMs, once, signal) : once()
  }

  async function make(call: WireCall, request: AnyRequest = {}, callOptions: CallOptions = {}): Promise<unknown> {
    if (!call.authorized) return await send(call, request, callOptions)
    const { signal } = callOptions
    const first = await orAborted(token.get(), signal)
    try {
      return await send(call, request, callOptions, first)
    } catch (error) {
      // The token is looked at before anything else, so even a submission has not happened and may be repeated.
      if (!refusesToken(error)) throw error
    }
    return await send(call, request, callOptions, await orAborted(token.replace(first), signal))
  }

  const subjects = Object.entries<Record<string, WireCall>>(WIRE_CALLS).map(([subject, calls]) => [
    subject,
    Object.fromEntries(
      Object.entries(calls).map(([name, call]) => [
        name,
        (request?: AnyRequest, callOptions?: CallOptions) => make(call, request, callOptions),
      ]),
    ),
  ])
  // What each function takes and answers follows from its name, which no loop over names can say.
  return { ...Object.fromEntries(subjects), call: make } as WireClient
}

const isToken = (answer: unknown): answer is Token =>
  isObject(answer) && Boolean(answer.access_token) && Boolean(answer.expires_in)
