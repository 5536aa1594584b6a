import { TICKET_MAX } from '@shenpi/sdk/contract/wire/shakes'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'
import { batchHandlers } from './batch-handlers.ts'
import { answerClientError } from './client-error.ts'
import type { ErrorHandlers } from './error-handlers.ts'
import type { Listeners } from './listeners.ts'
import { logRequests } from './log-requests.ts'
import { refuseNoRoute } from './no-route.ts'
import { toOriginForm } from './origin-form.ts'
import type { ServedCall } from './wechat/serve-calls.ts'

/**
 * Reads, refuses and logs alike, whatever is served. A scope whose callers read other words than the wire's sets an error
 * handler of its own.
 *
 * @param served the calls of the wire, by path
 */
export function createEmptyApp(
  services: Services,
  listeners: Listeners,
  errorHandlers: ErrorHandlers,
  served: ReadonlyMap<string, ServedCall>,
): FastifyInstance {
  const { trustProxy } = services.config
  const refuse = refuseNoRoute(errorHandlers, served)
  const app = Fastify({
    exposeHeadRoutes: false,
    serverFactory: (handle) => listeners.create(handle),
    // Nothing here has a schema of Fastify's, and the libraries that would compile one are a good part of a cold start.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    ...(trustProxy.length > 0 && { trustProxy: [...trustProxy] }),
    // Of a body only members that the contract names are read, and these as its own: there is nothing to poison.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    // A ticket is a parameter of a path.
    routerOptions: { maxParamLength: TICKET_MAX },
    rewriteUrl: ({ url = '/' }) => toOriginForm(url),
    clientErrorHandler: (error, socket) => listeners.afterAnswers(socket, () => answerClientError(error, socket)),
    // A URL that does not decode is a path that does not exist.
    frameworkErrors: (_error, request, reply) => refuse(request, reply),
  })
  app.setErrorHandler(errorHandlers.wire)
  app.setNotFoundHandler(refuse)
  logRequests(app, services)
  batchHandlers(app)
  // Whoever reads bodies says how: of a path that does not exist, or that has no use for one, none is read.
  app.removeAllContentTypeParsers()
  return app
}

function noSchemas(): never {
  throw new Error('routes are checked by the contract, not by schemas of Fastify')
}
