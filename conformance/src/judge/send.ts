import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

/** A request as it goes out: nothing is added to it that is not said here. */
export interface WireRequest {
  method?: string
  path?: string
  /** What stands in the query, in this order; an access token in it is spelt out. */
  query?: string
  headers?: Record<string, string>
  /** Text and bytes as they are, a form as multipart, anything else as JSON; undefined is no body. */
  body?: unknown
}

export interface Reply {
  status: number
  headers: Record<string, string | string[] | undefined>
  /** The body as it came. */
  text: string
  /** Undefined when the body is no JSON. */
  json: unknown
}

const KEPT_ALIVE = { keepAlive: true, maxSockets: 8 }
const http = { request: httpRequest, agent: new HttpAgent(KEPT_ALIVE) }
const https = { request: httpsRequest, agent: new HttpsAgent(KEPT_ALIVE) }
const ANSWER_MS = 60_000
/** The longest body that is read. Unit: bytes. */
const BODY_MAX = 16 * 1024 * 1024

/**
 * Send a request byte by byte as it is given; `fetch` would mend its URL and add headers of its own.
 *
 * @throws Error when nobody answers, or with a body beyond 16 MB
 */
export async function send(url: string, request: WireRequest & { path: string }): Promise<Reply> {
  const { method = 'POST', path, query, headers = {} } = request
  const { type, bytes } = await encode(request.body)
  const { promise, resolve, reject } = Promise.withResolvers<Reply>()
  const by = url.startsWith('https:') ? https : http
  const outgoing = by.request(url, {
    agent: by.agent,
    method,
    path: new URL(url).pathname.replace(/\/$/, '') + (query === undefined ? path : `${path}?${query}`),
    headers: { ...(type && { 'content-type': type }), 'content-length': bytes.length, ...headers },
    timeout: ANSWER_MS,
  })
  outgoing.on('error', reject)
  outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${ANSWER_MS / 1000} s`)))
  outgoing.on('response', async (response) => {
    try {
      const text = await readText(response)
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: toJson(text) })
    } catch (error) {
      reject(error)
    }
  })
  outgoing.end(bytes)
  return await promise
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response) {
    bytes += chunk.length
    if (bytes > BODY_MAX) throw new Error(`the body is longer than ${BODY_MAX / 1024 / 1024} MB`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function encode(body: unknown): Promise<{ type?: string; bytes: Buffer }> {
  if (body === undefined) return { bytes: Buffer.alloc(0) }
  if (Buffer.isBuffer(body)) return { bytes: body }
  if (typeof body === 'string') return { bytes: Buffer.from(body) }
  if (body instanceof FormData) {
    const encoded = new Response(body)
    const bytes = Buffer.from(await encoded.arrayBuffer())
    return { type: encoded.headers.get('content-type') ?? '', bytes }
  }
  return { type: 'application/json', bytes: Buffer.from(JSON.stringify(body)) }
}
