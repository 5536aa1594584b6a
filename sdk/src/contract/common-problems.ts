import type { Call } from './call.ts'
import type { Endpoint } from './endpoint.ts'
import type { ProblemCode } from './problems.ts'

const BODIES: Readonly<Record<Call['body'], readonly ProblemCode[]>> = {
  json: ['body.empty', 'body.unparsable', 'body.too_large', 'body.charset_invalid'],
  upload: ['body.unparsable', 'body.too_large', 'upload.too_large', 'body.charset_invalid'],
  arguments: ['body.too_large', 'body.charset_invalid'],
  none: ['body.too_large'],
  query: [],
}

/** The members of a call that decide how it is checked. */
type CheckedCall = Pick<Call, 'path' | 'methods' | 'authorized' | 'activated' | 'connected' | 'body' | 'uncounted'>

/** The codes where they apply. */
const when = (applies: boolean | undefined, ...codes: ProblemCode[]): ProblemCode[] => (applies ? codes : [])

/**
 * What a call of the wire can refuse beside what it lists itself, in the order in which it is looked for.
 * Source: docs/protocol/conventions.md, order of checks.
 */
export function commonCallProblems(call: CheckedCall): ProblemCode[] {
  const { path, methods, authorized, activated, connected, body, uncounted } = call
  return [
    methods.includes('POST') ? 'method.post_required' : 'method.get_required',
    'scheme.not_https',
    ...when(authorized, 'token.missing', 'token.invalid', 'token.expired', 'account.frozen'),
    'ip.not_allowed',
    ...when(activated, 'account.not_activated'),
    ...when(connected, 'shop.not_open', 'shop.banned'),
    ...when(!uncounted, 'quota.daily', 'quota.minute'),
    // Uploads wait for a decoder.
    ...when(path.startsWith('/shop/') || body === 'upload', 'quota.burst'),
    ...BODIES[body],
    // What is not read is let in all the same.
    ...when(body === 'query' && methods.includes('POST'), 'body.too_large'),
    'system.unavailable',
  ]
}

/** What an endpoint of the native API can refuse beside what it lists itself. */
export function commonEndpointProblems({
  method,
  path,
  access,
}: Pick<Endpoint, 'method' | 'path' | 'access'>): ProblemCode[] {
  return [
    'request.malformed',
    ...when(
      access !== 'public',
      'api_key.invalid',
      'session.ended',
      access === 'signed_in' ? 'session.required' : 'permission.missing',
    ),
    'system.unavailable',
    // Of those that come with a session's cookie, or are answered with one.
    ...when(method !== 'GET', 'request.cross_site'),
    // A body is read before anybody asks for it.
    ...when(method !== 'GET', 'body.unparsable', 'body.too_large', 'body.charset_invalid'),
    // A parameter that does not decode, or is longer than any, leads nowhere.
    ...when(path.includes('{'), 'path.unknown'),
  ]
}
