import type { Call } from './call.ts'
import type { ProblemCode } from './problems.ts'

const BODIES: Readonly<Record<Call['body'], readonly ProblemCode[]>> = {
  json: ['body.empty', 'body.unparsable', 'body.too_large', 'body.charset_invalid'],
  upload: ['body.unparsable', 'body.too_large', 'upload.too_large', 'body.charset_invalid'],
  arguments: ['body.too_large', 'body.charset_invalid'],
  none: ['body.too_large'],
  query: [],
}

/** What of a call says how it is checked. */
type CheckedCall = Pick<Call, 'path' | 'methods' | 'authorized' | 'activated' | 'connected' | 'body' | 'uncounted'>

/**
 * What a call can refuse beside what it lists itself, in the order in which it is looked for.
 * Source: docs/protocol/conventions.md, order of checks.
 */
export function commonProblems(call: CheckedCall): ProblemCode[] {
  const { path, methods, authorized, activated, connected, body, uncounted } = call
  return [
    methods.includes('POST') ? 'method.post_required' : 'method.get_required',
    'scheme.not_https',
    ...((authorized ? ['token.missing', 'token.invalid', 'token.expired', 'account.frozen'] : []) as ProblemCode[]),
    'ip.not_allowed',
    ...((activated ? ['account.not_activated'] : []) as ProblemCode[]),
    ...((connected ? ['shop.not_open', 'shop.banned'] : []) as ProblemCode[]),
    ...((uncounted ? [] : ['quota.daily', 'quota.minute']) as ProblemCode[]),
    // Uploads wait for a decoder.
    ...((path.startsWith('/shop/') || body === 'upload' ? ['quota.burst'] : []) as ProblemCode[]),
    ...BODIES[body],
    'system.unavailable',
  ]
}
