import type { Static } from '@sinclair/typebox'
import type { Endpoint } from './contract/api.ts'
import type { ProblemCode } from './contract/problems.ts'

/** A refusal of the native API. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: ProblemCode

  constructor({ title, detail, status, code }: { title: string; detail?: string; status: number; code: ProblemCode }) {
    super(detail ? `${title} ${detail}` : title)
    this.name = 'ApiProblem'
    this.status = status
    this.code = code
  }
}

export interface ApiArguments<E extends Endpoint> {
  params?: Static<E['params']>
  query?: Static<E['query']>
  body?: Static<E['body']>
  /** The version that a conditional call changes. */
  version?: number
}

export interface ApiClient {
  /** @throws ApiProblem when the call is refused; the error of `fetch` when nobody answers. */
  call<E extends Endpoint>(endpoint: E, args?: ApiArguments<E>): Promise<Static<E['answer']>>
}

/**
 * A client of the native API, typed by its contract.
 *
 * @param url of the server, without `/api/v1`
 * @example
 * const client = createApiClient({ url: 'http://127.0.0.1:8080', key })
 * const { items } = await client.call(api.listApplications, { query: { state: 'under_review' } })
 */
export function createApiClient({ url, key }: { url: string; key: string }): ApiClient {
  return {
    async call(endpoint, { params = {}, query = {}, body, version } = {}) {
      const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
        encodeURIComponent(String((params as Record<string, unknown>)[name])),
      )
      const target = new URL(`${url.replace(/\/+$/, '')}/api/v1${path}`)
      for (const [name, value] of Object.entries(query as object)) {
        if (value !== undefined) target.searchParams.set(name, String(value))
      }
      const answer = await fetch(target, {
        method: endpoint.method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(version !== undefined && { 'if-match': `"${version}"` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const content: unknown = await answer.json()
      if (!answer.ok) throw new ApiProblem(content as ConstructorParameters<typeof ApiProblem>[0])
      return content as never
    },
  }
}
