import manifest from '../../package.json' with { type: 'json' }
import { isAcceptable, parseRanges } from './address.ts'
import { Deadline } from './deadline.ts'
import { type Answer, exchange } from './exchange.ts'
import { createLookups, type LookupOptions, type RequestTimes } from './lookups.ts'
import { OutboundRefused } from './outbound-refused.ts'
import { createPinnedAgents, openAgent } from './pinned-agents.ts'
import { followFrom, parseWebAddress, type WebAddress } from './web-address.ts'

export { OutboundBusy, OutboundRefused, type RefusalReason } from './outbound-refused.ts'

/** What receivers read in their logs. It names no address of ours: not every receiver should know where we are. */
const USER_AGENT = `Shenpi/${manifest.version} (+docs/protocol/callbacks.md)`

export interface OutboundRequest {
  /** For which account it is sent: what is scarce is shared out by account. */
  accountId: number
  method: 'GET' | 'POST'
  /** Path and query go out as they stand here. */
  url: string
  /** `host` and `accept-encoding` are not the caller's to set. */
  headers?: Record<string, string>
  body?: string | Buffer
  /**
   * For everything together: resolving names, connecting, the headers and the body. Time in which the request waits for
   * its turn in this process, {@link LOOKUP_WAIT_MS} at most, does not count.
   */
  timeoutMs: number
  /** The largest body that is taken as an answer. */
  maxBytes: number
  /** How many redirects of a GET are followed; each address is checked anew. Default: none, a redirect is an answer. */
  redirectsMax?: number
  signal?: AbortSignal
}

export interface OutboundAnswer extends Answer {
  /** How long the receiver took. As with `timeoutMs`, our own delays are no part of it. */
  durationMs: number
}

interface OutboundOptions extends LookupOptions {
  /** Ranges in CIDR notation that may be reached besides public addresses. */
  allow: readonly string[]
}

export interface Outbound {
  /**
   * Send one request to a public address. Bodies are not decompressed.
   *
   * The name is resolved once, each of its addresses is checked, and the connection goes to one of these: a name
   * that resolves differently a moment later gains nothing.
   *
   * @throws OutboundRefused when there is no answer; any status is an answer.
   * @throws OutboundBusy when it was not sent, because the account has too much else to send.
   * @throws the reason of `signal` when that is what ended the request.
   */
  send(request: OutboundRequest): Promise<OutboundAnswer>
  /** Cuts off what is in flight. @param accountId for this account; default: for any */
  cutOff(accountId?: number): void
  /** Cuts off what is still in flight, and lets go of connections. */
  close(): Promise<void>
}

/** @throws Error when `allow` has an entry that is not an address range. */
export function createOutbound({ allow, ...options }: OutboundOptions): Outbound {
  const allowed = parseRanges(allow)
  const lookups = createLookups(options)
  const agents = createPinnedAgents()
  const inFlight = new Map<Deadline, number>()

  async function acceptableAddressesOf({ url }: WebAddress, accountId: number, times: RequestTimes): Promise<string[]> {
    const addresses = await lookups.addressesOf(url, accountId, times)
    const refused = addresses.find((address) => !isAcceptable(address, allowed))
    if (refused === undefined) return addresses
    // Only the log may show the address: in the sentence it would let anyone with a form map a private network.
    const cause = new Error(`The address is ${refused}.`)
    const message = `${url.hostname} has an address that is not public, and OUTBOUND_ALLOW does not name its range.`
    throw new OutboundRefused('address', message, { cause })
  }

  async function sendOnce(request: OutboundRequest, address: WebAddress, times: RequestTimes): Promise<Answer> {
    const { origin } = address.url
    const addresses = await acceptableAddressesOf(address, request.accountId, times)
    const message = { ...request, headers: headersOf(request) }
    const answer = exchange(address, message, {
      agent: agents.get(origin, addresses),
      freshAgent: () => openAgent(origin, addresses, false),
      signal: times.limit.signal,
    })
    // The abort gives the reason, not the closed connection.
    return await Promise.race([times.limit.aborted, answer])
  }

  function cutOff(accountId?: number): void {
    // By their time and not by their connections: a message whose connection is cut off may go over a fresh one.
    for (const [limit, of] of inFlight) {
      if (accountId !== undefined && accountId !== of) continue
      limit.abort(new OutboundRefused('connect', 'This server stops sending.'))
    }
  }

  return {
    cutOff,

    async send(request) {
      let address = parseWebAddress(request.url)
      const expired = () =>
        new OutboundRefused('timeout', `${address.url.hostname} did not answer within ${request.timeoutMs} ms.`)
      using limit = new Deadline(request.timeoutMs, expired, request.signal)
      using patience = lookups.patienceOf(limit.signal)
      const times = { limit, patience }
      inFlight.set(limit, request.accountId)
      try {
        let answer = await sendOnce(request, address, times)
        for (let left = request.redirectsMax ?? 0; left > 0; left--) {
          const location = redirectIn(answer)
          if (location === undefined) break
          address = followFrom(address, location)
          answer = await sendOnce(request, address, times)
        }
        return { ...answer, durationMs: Math.round(limit.spentMs) }
      } catch (error) {
        if (error instanceof OutboundRefused) error.durationMs = Math.round(limit.spentMs)
        throw error
      } finally {
        inFlight.delete(limit)
      }
    },

    async close() {
      cutOff()
      agents.close()
    },
  }
}

function headersOf({ headers = {} }: OutboundRequest): Record<string, string> {
  const lowered = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
  // A host header would also decide which name the certificate is checked against.
  const { host: _, ...own } = Object.fromEntries(lowered)
  return { accept: '*/*', 'user-agent': USER_AGENT, ...own, 'accept-encoding': 'identity' }
}

/** Where an answer sends elsewhere. */
export function redirectIn({ status, headers }: Pick<Answer, 'status' | 'headers'>): string | undefined {
  return [301, 302, 303, 307, 308].includes(status) ? headers.location : undefined
}
