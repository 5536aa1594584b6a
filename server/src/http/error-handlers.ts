import type { FastifyReply, FastifyRequest } from 'fastify'
import { FailureLog } from '../log/failure-log.ts'
import { Problem } from '../problem.ts'
import type { Services } from '../services.ts'
import { codeOf } from '../thrown.ts'
import { answerProblem } from './api/problem-json.ts'
import { bodyTooLarge, UPLOAD_MAX_BYTES } from './body-limits.ts'
import { lingerOnClose } from './linger.ts'
import { answerRefusal } from './wechat/answer-refusal.ts'

/** Refuses a request in the words that the callers of a scope read. */
type ErrorHandler = (error: unknown, request: FastifyRequest, reply: FastifyReply) => void

export interface ErrorHandlers {
  /** An envelope with an errcode. */
  wire: ErrorHandler
  /** Problem details, as RFC 9457 has them. */
  native: ErrorHandler
}

/** The error handlers of one server's scopes. */
export function createErrorHandlers(services: Services): ErrorHandlers {
  const failures = new FailureLog(services.log)

  function refuse(error: unknown, request: FastifyRequest): Problem {
    const problem = toProblem(error, request)
    if (!problem) failures.tell(error, { path: request.url.split('?')[0] }, 'a request failed')
    const refused = problem ?? new Problem('system.unavailable')
    request.refused = refused
    if (refused.code === 'body.too_large' || refused.code === 'upload.too_large') lingerOnClose(request.raw.socket)
    return refused
  }

  return {
    wire: (error, request, reply) => answerRefusal(services, refuse(error, request), request, reply),
    native: (error, request, reply) => answerProblem(refuse(error, request), reply),
  }
}

/** What a request did wrong; undefined where the fault is ours. */
function toProblem(error: unknown, request: FastifyRequest): Problem | undefined {
  if (error instanceof Problem) return error
  const code = codeOf(error)
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return tooLargeFor(request)
  // The client left while it was sending: no fault, and no one to answer.
  if (request.raw.destroyed && !request.raw.complete) return new Problem('body.unparsable', 'The body broke off.')
  const isUnread = code?.startsWith('FST_ERR_CTP') || code?.startsWith('FST_ERR_BAD')
  return isUnread ? new Problem('body.unparsable') : undefined
}

/** The size of a body that comes in chunks is unknown: it was not read to its end. */
function tooLargeFor({ routeOptions: { bodyLimit }, headers }: FastifyRequest): Problem {
  const length = headers['content-length']
  const code = bodyLimit === UPLOAD_MAX_BYTES ? 'upload.too_large' : 'body.too_large'
  return bodyTooLarge(length === undefined ? undefined : Number(length), bodyLimit, 'bytes', code)
}
