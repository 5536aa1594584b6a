import { TICKET_MAX } from '@shenpi/sdk/contract/wire/shakes'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { PerSecond } from '../log/per-second.ts'
import { Problem } from '../problem.ts'
import type { Services } from '../services.ts'
import { apiRoutes } from './api/api.routes.ts'
import { answerProblem } from './api/problem-json.ts'
import { handleTogether } from './batch-handlers.ts'
import { bodyTooLarge, UPLOAD_MAX_BYTES } from './body-limits.ts'
import { answerClientError } from './client-error.ts'
import { consoleRoutes } from './console.routes.ts'
import { healthRoutes, livezRoute } from './health.routes.ts'
import { lingerOnClose } from './linger.ts'
import type { Listeners } from './listeners.ts'
import { logRequests } from './log-requests.ts'
import { toOriginForm } from './origin-form.ts'
import { pictureRoutes } from './picture-links.routes.ts'
import { requireApiKey } from './require-api-key.ts'
import { toRefusal } from './wechat/envelope.ts'
import { keepRequest } from './wechat/keep-request.ts'
import { openApiRoutes } from './wechat/openapi.routes.ts'
import type { ServedCall } from './wechat/serve-calls.ts'
import { wireRoutes } from './wechat/wire.routes.ts'

/** Lines in one second for requests that failed by no fault of theirs, with their stacks. */
const FAILURES_PER_SECOND = 10

/** All the routes, not yet listening. @param listeners get their servers by it */
export function createApp(services: Services, listeners: Listeners): FastifyInstance {
  const served = new Map<string, ServedCall>()
  const app = createEmptyApp(services, listeners, served)
  app.register(async (scope) => wireRoutes(scope, services, served))
  openApiRoutes(app, services)
  app.register(async (scope) => apiRoutes(scope, services), { prefix: '/api' })
  livezRoute(app)
  const { config, db } = services
  // With an address of their own they are nowhere else. The sandbox has nothing to hide.
  if (!config.admin) healthRoutes(app, services, config.mode === 'production' ? requireApiKey(db) : undefined)
  pictureRoutes(app, services)
  consoleRoutes(app)
  return app
}

/** What watches over the server, on the address of its own that ADMIN_PORT gives it. Not yet listening. */
export function createAdminApp(services: Services, listeners: Listeners): FastifyInstance {
  const app = createEmptyApp(services, listeners, new Map())
  livezRoute(app)
  healthRoutes(app, services)
  return app
}

/** Reads, refuses and logs alike, whatever is served. @param served the calls of the wire, by path */
function createEmptyApp(
  services: Services,
  listeners: Listeners,
  served: ReadonlyMap<string, ServedCall>,
): FastifyInstance {
  const { log, config } = services
  const app = Fastify({
    exposeHeadRoutes: false,
    serverFactory: (handle) => listeners.create(handle),
    // Nothing here has a schema of Fastify's, and the libraries that would compile one are a good part of a cold start.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    ...(config.trustProxy.length > 0 && { trustProxy: [...config.trustProxy] }),
    // Of a body only members that the contract names are read, and these as its own: there is nothing to poison.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    // A ticket is a parameter of a path.
    routerOptions: { maxParamLength: TICKET_MAX },
    rewriteUrl: ({ url = '/' }) => toOriginForm(url),
    clientErrorHandler: (error, socket) => listeners.afterAnswers(socket, () => answerClientError(error, socket)),
    // A URL that does not decode is a path that does not exist.
    frameworkErrors: (_error, request, reply) => refuse(new Problem('path.unknown'), request, reply),
  })

  const failures = new PerSecond(FAILURES_PER_SECOND)
  const toProblem = (error: unknown, request: FastifyRequest): Problem => {
    if (error instanceof Problem) return error
    const { code } = error as { code?: string }
    if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return tooLargeFor(request)
    // The client went away while it was sending: nobody's fault, and nobody is there to be answered.
    if (request.raw.destroyed && !request.raw.complete) return new Problem('body.unparsable', 'The body broke off.')
    if (code?.startsWith('FST_ERR_CTP') || code?.startsWith('FST_ERR_BAD')) return new Problem('body.unparsable')
    if (failures.take()) {
      const untold = failures.takeHeld()
      log.error({ err: error, path: request.url.split('?')[0], ...(untold > 0 && { untold }) }, 'a request failed')
    }
    return new Problem('system.unavailable')
  }

  function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = toProblem(error, request)
    request.refused = problem
    if (problem.code === 'body.too_large' || problem.code === 'upload.too_large') lingerOnClose(request.raw.socket)
    // By the route that was found: a URL may spell the same path in other ways, with escapes.
    if (/^\/(api|livez|readyz|metrics)(\/|\?|$)/.test(request.routeOptions.url ?? request.url)) {
      answerProblem(problem, reply)
      return
    }
    // Always 200: most clients read an errcode from nothing else. Source: docs/protocol/conventions.md, answers.
    reply.code(200).header('content-type', 'application/json; charset=utf-8')
    const write = (rid: string) => JSON.stringify(toRefusal(problem, rid))
    reply.send(keepRequest(services, request, reply, { wentWell: false, write }))
  }

  app.setErrorHandler(refuse)
  app.setNotFoundHandler((request, reply) => refuse(noRoute(request, served), request, reply))
  logRequests(app, services)
  handleTogether(app)
  // Whoever reads bodies says how: of a path that does not exist, or that has no use for one, none is read.
  app.removeAllContentTypeParsers()

  return app
}

function noSchemas(): never {
  throw new Error('routes are checked by the contract, not by schemas of Fastify')
}

/** Of a body that comes in chunks nobody knows how large it would have become. */
function tooLargeFor({ routeOptions: { bodyLimit }, headers }: FastifyRequest): Problem {
  const length = headers['content-length']
  const code = bodyLimit === UPLOAD_MAX_BYTES ? 'upload.too_large' : 'body.too_large'
  return bodyTooLarge(length === undefined ? undefined : Number(length), bodyLimit, 'bytes', code)
}

/** A path that is known by another method is not unknown. */
function noRoute(request: FastifyRequest, served: ReadonlyMap<string, ServedCall>): Problem {
  const call = served.get(request.url.split('?')[0] ?? '')?.call
  if (!call) return new Problem('path.unknown')
  return new Problem(call.methods.includes('POST') ? 'method.post_required' : 'method.get_required')
}
