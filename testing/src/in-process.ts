import { connection, type Edges } from './edges.ts'

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

/**
 * Have a request answered without a connection.
 *
 * @throws Error `ECONNRESET` when a fault cuts it
 * @throws Error when the sandbox is closed
 */
export const exchangeWith = (edges: Edges, request: InProcessRequest): Promise<InProcessAnswer> =>
  edges.underWay.run(() => exchange(edges, request))

async function exchange(edges: Edges, request: InProcessRequest): Promise<InProcessAnswer> {
  const { method, body, headers } = request
  const { host, pathname, search } = new URL(request.url)
  const app = await edges.of(pathname)
  const { promise: isCut, reject } = Promise.withResolvers<never>()
  const cut = () => reject(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))
  // `inject` begins when it is awaited.
  const answered = connection.run(
    cut,
    async () =>
      await app.inject({
        method,
        url: pathname + search,
        headers: { host, ...headers },
        ...(body !== undefined && { payload: body }),
      }),
  )
  const answer = await Promise.race([answered, isCut])
  return {
    status: answer.statusCode,
    headers: Object.entries(answer.headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((each): [string, string] => [name, String(each)]),
    ),
    body: answer.rawPayload,
  }
}

/** Statuses whose answers have no body. */
const BODILESS = [204, 205, 304]

/** The same as `fetch` does it. */
export const fetchFrom =
  (edges: Edges): typeof fetch =>
  async (input, init) => {
    const request = new Request(input, init)
    request.signal.throwIfAborted()
    const body = request.body ? Buffer.from(await request.arrayBuffer()) : undefined
    const method = METHODS.find((each) => each === request.method)
    if (!method) throw new TypeError(`${request.method} is no method that anything here answers to`)
    const headers = Object.fromEntries(request.headers)
    const asked = { method, url: request.url, headers, ...(body && { body }) }
    const answer = await exchangeWith(edges, asked).catch((cause) => {
      throw new TypeError('fetch failed', { cause })
    })
    request.signal.throwIfAborted()
    const isEmpty = BODILESS.includes(answer.status)
    return new Response(isEmpty ? null : new Uint8Array(answer.body), {
      status: answer.status,
      headers: answer.headers,
    })
  }
