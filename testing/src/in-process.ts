import type { FastifyInstance } from 'fastify'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
type Method = (typeof METHODS)[number]

/** A request as it would have come by a connection. */
export interface InProcessRequest {
  method: Method
  /** The host is no more than a header: everything is answered by the sandbox. */
  url: string | URL
  headers?: Record<string, string>
  body?: string | Buffer
}

export interface InProcessAnswer {
  status: number
  headers: [name: string, value: string][]
  body: Buffer
}

/** Let an app answer a request without a connection. */
export async function exchangeWith(app: FastifyInstance, request: InProcessRequest): Promise<InProcessAnswer> {
  const { method, body, headers } = request
  const { host, pathname, search } = new URL(request.url)
  const answer = await app.inject({
    method,
    url: pathname + search,
    headers: { host, ...headers },
    ...(body !== undefined && { payload: body }),
  })
  return {
    status: answer.statusCode,
    headers: Object.entries(answer.headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((each) => pair(name, each)),
    ),
    body: answer.rawPayload,
  }
}

const pair = (name: string, value: string | number): [string, string] => [name, String(value)]

/** Statuses whose answers have no body. */
const BODILESS = [204, 205, 304]

/** The same as `fetch` does it. */
export const fetchFrom =
  (app: FastifyInstance): typeof fetch =>
  async (input, init) => {
    const request = new Request(input, init)
    request.signal.throwIfAborted()
    const body = request.body ? Buffer.from(await request.arrayBuffer()) : undefined
    const { url } = request
    const method = METHODS.find((each) => each === request.method)
    if (!method) throw new TypeError(`${request.method} is no method that anything here answers to`)
    const answer = await exchangeWith(app, {
      method,
      url,
      headers: Object.fromEntries(request.headers),
      ...(body && { body }),
    })
    request.signal.throwIfAborted()
    const { status, headers } = answer
    return new Response(BODILESS.includes(status) ? null : new Uint8Array(answer.body), { status, headers })
  }
