import type { Static, TSchema } from '@sinclair/typebox'
import { API_ENDPOINTS } from './calls/endpoints.ts'
import type { api, Endpoint } from './contract/api.ts'
import { isObject } from './contract/is-object.ts'
import type { ProblemCode } from './contract/problems.ts'
import { type CallOptions, exchange, type Fetch, TIMEOUT_MS, UnansweredError } from './exchange.ts'

export type { CallOptions } from './exchange.ts'
export { UnansweredError } from './exchange.ts'

interface ProblemDetails {
  type?: string
  title: string
  detail?: string
  status: number
  code: ProblemCode
}

/** A refusal of the native API. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: ProblemCode
  /** What else the answer tells programs, as who decided before: see docs/errors.md. */
  readonly members: Readonly<Record<string, unknown>>

  constructor({ title, detail, status, code, type: _, ...members }: ProblemDetails) {
    super(detail ? `${title} ${detail}` : title)
    this.name = 'ApiProblem'
    this.status = status
    this.code = code
    this.members = members
  }
}

type Nothing = Record<never, never>

/** One of the arguments, under its name: left out where there is none, optional where nothing in it is required. */
type Argument<Name extends string, S extends TSchema> =
  Static<S> extends undefined
    ? Nothing
    : Nothing extends Static<S>
      ? { [N in Name]?: Static<S> }
      : { [N in Name]: Static<S> }

export type ApiArguments<E extends Endpoint> = Argument<'params', E['params']> &
  Argument<'query', E['query']> &
  Argument<'body', E['body']> & {
    /** The version that a conditional call changes. */
    version?: number
  }

/** An endpoint as a function; its arguments may be left out where none is required. */
export type ApiMethod<E extends Endpoint> =
  Nothing extends ApiArguments<E>
    ? (args?: ApiArguments<E>, options?: CallOptions) => Promise<Static<E['answer']>>
    : (args: ApiArguments<E>, options?: CallOptions) => Promise<Static<E['answer']>>

export interface ApiCaller {
  /**
   * Call an endpoint that is given as the contract states it.
   *
   * @throws ApiProblem when the call is refused; UnansweredError when nobody answers.
   */
  call<E extends Endpoint>(endpoint: E, ...args: Parameters<ApiMethod<E>>): Promise<Static<E['answer']>>
}

/** Every endpoint as a function of its own. */
export type ApiClient = ApiCaller & { readonly [E in keyof typeof api]: ApiMethod<(typeof api)[E]> }

export interface ApiClientOptions {
  /** Of the server, without `/api/v1`. */
  url: string
  /** Left out in a browser that is signed in: its cookie goes along by itself. */
  key?: string
  /** For each call. Unit: milliseconds. Default: 30 s. */
  timeoutMs?: number
  fetch?: Fetch
}

interface AnyArguments {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  version?: number
}

/**
 * A client of the native API, typed by its contract. It repeats nothing.
 *
 * @example
 * const client = createApiClient({ url: 'http://127.0.0.1:8080', key })
 * const { items } = await client.listApplications({ query: { state: 'under_review' } })
 */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const { url, key, fetch = globalThis.fetch, timeoutMs = TIMEOUT_MS } = options

  async function call(
    { method, path }: Pick<Endpoint, 'method' | 'path'>,
    { params = {}, query = {}, body, version }: AnyArguments = {},
    { signal, timeoutMs: eachMs = timeoutMs }: CallOptions = {},
  ): Promise<unknown> {
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))
    const target = new URL(`${url.replace(/\/+$/, '')}/api/v1${filled}`)
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) target.searchParams.set(name, String(value))
    }
    const init = {
      method,
      headers: {
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(version !== undefined && { 'if-match': `"${version}"` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }
    const answer = await exchange(fetch, { path, url: target, init }, { timeoutMs: eachMs, signal })
    if (answer.status < 300) return answer.content
    throw toError(path, answer)
  }

  const methods = Object.entries(API_ENDPOINTS).map(([name, endpoint]) => [
    name,
    (args?: AnyArguments, callOptions?: CallOptions) => call(endpoint, args, callOptions),
  ])
  // What each function takes and answers follows from its name, which no loop over names can say.
  return { ...Object.fromEntries(methods), call } as ApiClient
}

function toError(path: string, { status, content }: { status: number; content: unknown }): Error {
  if (isProblem(content)) return new ApiProblem(content)
  return new UnansweredError(path, `HTTP ${status} of another server`, status)
}

/** A newer server may name a problem that this client does not know. */
const isProblem = (content: unknown): content is ProblemDetails => isObject(content) && Boolean(content.code)
