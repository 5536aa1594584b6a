import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Dispatcher } from 'undici'
import { isAcceptable, parseRanges } from './address.ts'
import { deadline } from './deadline.ts'
import { OutboundRefused } from './outbound-refused.ts'
import { createPinnedPools } from './pinned-pools.ts'

export { OutboundRefused, type RefusalReason } from './outbound-refused.ts'

export interface OutboundRequest {
  /** For which account it is sent: what is scarce is shared out by account. */
  accountId: number
  method: 'GET' | 'POST'
  url: string
  /** `host` and `accept-encoding` are not the caller's to set. */
  headers?: Record<string, string>
  body?: string | Buffer
  /** For everything together: resolving the name, connecting, the headers and the body. */
  timeoutMs: number
  /** The largest body that is taken as an answer. */
  maxBytes: number
  signal?: AbortSignal
}

export interface OutboundAnswer {
  status: number
  /** Names in lower case; a repeated header's values joined by commas. */
  headers: Record<string, string>
  body: Buffer
  durationMs: number
}

export interface OutboundOptions {
  /** Ranges in CIDR notation that may be reached besides public addresses. */
  allow: readonly string[]
  /** Every address of a host name. Default: what the system's resolver says. */
  resolve?: (hostname: string) => Promise<string[]>
}

export interface Outbound {
  /**
   * Send one request to a public address. Redirects are not followed, bodies not decompressed.
   *
   * The name is resolved once, each of its addresses is checked, and the connection goes to one of these: a name
   * that resolves differently a moment later gains nothing.
   *
   * @throws OutboundRefused when there is no answer; any status is an answer.
   * @throws the reason of `signal` when that is what ended the request.
   */
  send(request: OutboundRequest): Promise<OutboundAnswer>
  /** Cuts off what is still in flight. */
  close(): Promise<void>
}

/** @throws Error when `allow` has an entry that is not an address range. */
export function createOutbound({ allow, resolve = resolveBySystem }: OutboundOptions): Outbound {
  const allowed = parseRanges(allow)
  const pools = createPinnedPools()

  async function exchange(request: OutboundRequest, url: URL, signal: AbortSignal) {
    const addresses = await addressesOf(url, resolve)
    const refused = addresses.find((address) => !isAcceptable(address, allowed))
    if (refused !== undefined) {
      // Only the log may see the address: in the sentence it would let anyone with a form map an inner network.
      const cause = new Error(`The address is ${refused}.`)
      throw new OutboundRefused('address', `${url.hostname} has an address that is not public.`, { cause })
    }
    signal.throwIfAborted()
    try {
      const answer = await pools.request(url.origin, addresses, toWire(request, url, signal))
      const body = await readBody(answer.body, request.maxBytes)
      return { status: answer.statusCode, headers: joinValues(answer.headers), body }
    } catch (error) {
      throw toRefusal(error, url)
    }
  }

  return {
    async send(request) {
      const startedAt = performance.now()
      const url = parseUrl(request.url)
      const expired = () =>
        new OutboundRefused('timeout', `${url.hostname} did not answer within ${request.timeoutMs} ms.`)
      using limit = deadline(request.timeoutMs, expired, request.signal)
      // The race is needed: no resolver can be interrupted, and undici sees an abort only once it is connected.
      const answer = await Promise.race([limit.aborted, exchange(request, url, limit.signal)])
      return { ...answer, durationMs: Math.round(performance.now() - startedAt) }
    },
    close: pools.close,
  }
}

function parseUrl(text: string): URL {
  const url = URL.parse(text)
  if (!url) throw new OutboundRefused('url', 'This is not a valid URL.')
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new OutboundRefused('url', 'The URL must start with http:// or https://.')
  }
  if (url.username || url.password) {
    throw new OutboundRefused('url', 'The URL must not contain a user name or a password.')
  }
  return url
}

async function addressesOf(url: URL, resolve: (hostname: string) => Promise<string[]>): Promise<string[]> {
  const literal = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (isIP(literal)) return [literal]
  const message = `${url.hostname} cannot be resolved to an address.`
  const addresses = await resolve(url.hostname).catch((cause) => {
    throw new OutboundRefused('dns', message, { cause })
  })
  if (addresses.length === 0) throw new OutboundRefused('dns', message)
  return addresses
}

async function resolveBySystem(hostname: string): Promise<string[]> {
  const found = await lookup(hostname, { all: true })
  return found.map(({ address }) => address)
}

function toWire({ method, headers = {}, body }: OutboundRequest, url: URL, signal: AbortSignal) {
  const lowered = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
  // A host header would also decide which name the certificate is checked against.
  const { host: _, ...own } = Object.fromEntries(lowered)
  return {
    method,
    path: url.pathname + url.search,
    headers: { ...own, 'accept-encoding': 'identity' },
    body,
    signal,
    // undici's own limits stay off: the deadline covers both.
    headersTimeout: 0,
    bodyTimeout: 0,
  }
}

async function readBody(body: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > maxBytes) throw new OutboundRefused('too_large', `The answer has more than ${maxBytes} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function joinValues(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]))
}

/** Faults of the wire become refusals; a request that undici finds malformed is a bug and stays what it is. */
function toRefusal(error: unknown, url: URL): unknown {
  if (error instanceof OutboundRefused || !(error instanceof Error)) return error
  const { code } = error as NodeJS.ErrnoException
  if (code === 'UND_ERR_INVALID_ARG') return error
  const message = `The connection to ${url.hostname} failed (${code ?? error.name}).`
  return new OutboundRefused('connect', message, { cause: error })
}
