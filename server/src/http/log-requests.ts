import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { PerSecond } from '../log/per-second.ts'
import type { Problem } from '../problem.ts'
import type { Services } from '../services.ts'

declare module 'fastify' {
  interface FastifyRequest {
    refused: Problem | undefined
  }
}

/** Lines in one second for requests that went well, and as many for refusals; the others are only counted. */
const LINES_PER_SECOND = 50

/** One line a request, without its query, where tokens and secrets stand. */
export function logRequests(app: FastifyInstance, { log, requestCounts }: Services): void {
  app.decorateRequest('refused', undefined)
  const isTold = log.isLevelEnabled('info')
  const wentWell = new PerSecond(LINES_PER_SECOND)
  const refusals = new PerSecond(LINES_PER_SECOND)

  app.addHook('onResponse', (request, reply, done) => {
    tell(request, reply)
    done()
  })

  function tell(request: FastifyRequest, reply: FastifyReply): void {
    const { refused } = request
    const route = request.routeOptions.url ?? 'unknown'
    requestCounts.add(route, refused?.code ?? 'ok', reply.elapsedTime / 1000)
    if (!isTold) return
    if (!(refused ? refusals : wentWell).take()) return
    const untold = wentWell.takeHeld() + refusals.takeHeld()
    log.info({
      method: request.method,
      route,
      account: request.caller?.account.appid,
      problem: refused?.code,
      detail: refused?.detail,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      ...(untold > 0 && { untold }),
    })
  }
}
