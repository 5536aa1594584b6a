import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onRequestAsyncHookHandler,
  RouteHandlerMethod,
} from 'fastify'
import { engineOf } from '../db/engine.ts'
import { ping } from '../db/open.ts'
import { EXPOSITION_TYPE } from '../metrics/exposition.ts'
import type { Services } from '../services.ts'
import { metricsOf } from './metrics.ts'

/** A queue that is so far behind does not keep up or does not run. Unit: milliseconds. */
const STALE_MS = 60_000

/** Whether the process lives: for everyone, and without a look at anything else. */
export function livezRoute(app: FastifyInstance): void {
  app.route({ method: ['GET', 'HEAD'], url: '/livez', handler: async () => ({ status: 'ok' }) })
}

/** The health of the server. @param admit refuses callers who may not see it; a damaged database is no secret */
export function healthRoutes(
  app: FastifyInstance,
  services: Services,
  admit: (request: FastifyRequest) => Promise<void> = async () => {},
): void {
  const { db, queueAges } = services
  const renderMetrics = metricsOf(services)
  const serve = (url: string, onRequest: onRequestAsyncHookHandler[], handler: RouteHandlerMethod) =>
    app.route({ method: ['GET', 'HEAD'], url, onRequest, handler })

  // Before anybody's key is looked up, which a damaged database refuses.
  const tellDamage = async (_request: FastifyRequest, reply: FastifyReply) => {
    if (engineOf(db).damage.isFound) return reply.code(503).send({ status: 'damaged', queues: [] })
  }

  serve('/readyz', [tellDamage, admit], async (_request, reply) => {
    await ping(db)
    const queues = queueAges()
    const stale = queues.some(({ ageMs }) => ageMs > STALE_MS)
    return reply.code(stale ? 503 : 200).send({ status: stale ? 'stale' : 'ok', queues })
  })

  serve('/metrics', [admit], async (_request, reply) => {
    return reply.header('content-type', EXPOSITION_TYPE).send(await renderMetrics())
  })
}
