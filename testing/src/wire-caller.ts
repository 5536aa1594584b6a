import { WIRE_CALLS } from '@shenpi/sdk/calls/wire'
import type { WireCall } from '@shenpi/sdk/contract/call'
import { checkOptions } from './check-options.ts'
import type { Edges } from './edges.ts'
import { exchangeWith } from './in-process.ts'
import type { CallOptions, CallWire, WireAnswer } from './wire-answer.ts'

/** `OUTCOME_HEADER` of the contract, whose schemas are not loaded for it. */
const OUTCOME_HEADER = 'x-shenpi-outcome'

const calls = new Map<string, WireCall>(
  Object.values(WIRE_CALLS).flatMap((subject) => Object.values(subject).map((call) => [call.path, call])),
)

/**
 * Calls the wire as an account, in process, with a token that is got when it is needed.
 *
 * @param renew gives a token that is good now, the held one if it is: apart from the wire, so that a fault strikes what the
 * test calls, and is answered as it comes
 */
export function createWireCaller(
  edges: Edges,
  credentials: { appid: string; secret: string },
  renew: (held: string | undefined) => Promise<string>,
): CallWire {
  let token: string | undefined

  async function send(path: string, given: object | undefined, options: CallOptions): Promise<WireAnswer> {
    checkOptions('call', options, { outcome: 'any', headers: 'any' })
    const call = calls.get(path)
    const body = call?.family === 'token' ? { grant_type: 'client_credential', ...credentials, ...given } : given
    const url = new URL(path, 'http://sandbox.test')
    if (call?.authorized !== false) {
      token = await renew(token)
      url.searchParams.set('access_token', token)
    }
    if (body && call?.body === 'query') addAll(url.searchParams, body)
    const byPost = call?.body !== 'query' && (body !== undefined || !call?.methods.includes('GET'))
    const answer = await exchangeWith(edges, {
      method: byPost ? 'POST' : 'GET',
      url,
      headers: { 'content-type': 'application/json', ...headersOf(options) },
      ...(byPost && { body: JSON.stringify(body ?? {}) }),
    })
    return JSON.parse(answer.body.toString())
  }

  return (path, body, options = {}) => send(path.startsWith('/') ? path : `/${path}`, body, options)
}

/** A header is Latin alone: what is to become of an application stands in it as it would in a URL. */
const headersOf = ({ outcome, headers }: CallOptions): Record<string, string> => ({
  ...(outcome !== undefined && { [OUTCOME_HEADER]: encodeURIComponent(outcome) }),
  ...headers,
})

function addAll(to: URLSearchParams, members: object): void {
  for (const [name, value] of Object.entries(members)) to.set(name, String(value))
}
