import type { Call } from './call.ts'
import type { ProblemCode } from './problems.ts'

const BODIES: Readonly<Record<Call['body'], readonly ProblemCode[]>> = {
  json: ['body.empty', 'body.unparsable', 'body.too_large'],
  upload: ['body.unparsable', 'upload.too_large'],
  arguments: ['body.too_large'],
  none: ['body.too_large'],
  query: [],
}

/**
 * What a call can refuse beside what it lists itself, in the order in which it is looked for.
 * Source: docs/protocol/conventions.md, order of checks.
 */
export function commonProblems({ path, methods, authorized, body, uncounted }: Call): ProblemCode[] {
  return [
    methods.includes('POST') ? 'method.post_required' : 'method.get_required',
    'scheme.not_https',
    ...((authorized ? ['token.missing', 'token.invalid', 'token.expired', 'account.frozen'] : []) as ProblemCode[]),
    'ip.not_allowed',
    ...((uncounted ? [] : ['quota.daily', 'quota.minute']) as ProblemCode[]),
    ...((path.startsWith('/shop/') ? ['quota.burst'] : []) as ProblemCode[]),
    ...BODIES[body],
    'system.unavailable',
  ]
}
