import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'
import type { ErrorHandlers } from './error-handlers.ts'
import type { ServedCall } from './wechat/serve-calls.ts'

/**
 * What the paths begin with whose callers read problem details. A handler of a scope would not do: a URL that does not
 * decode reaches none, and on an address of its own health stands beside no `/api`.
 */
const NATIVE: ReadonlySet<string> = new Set(['api', 'livez', 'readyz', 'metrics'])

/** Refuses what no scope has a route for. @param served the calls of the wire, by path */
export function refuseNoRoute(
  { wire, native }: ErrorHandlers,
  served: ReadonlyMap<string, ServedCall>,
): (request: FastifyRequest, reply: FastifyReply) => void {
  return (request, reply) => {
    const [path = ''] = request.url.split('?')
    const [, first = ''] = path.split('/', 2)
    const refuse = NATIVE.has(first) ? native : wire
    refuse(toProblem(served.get(path)), request, reply)
  }
}

/** A path that is known by another method is not unknown. */
function toProblem(served: ServedCall | undefined): Problem {
  if (!served) return new Problem('path.unknown')
  return new Problem(served.call.methods.includes('POST') ? 'method.post_required' : 'method.get_required')
}
