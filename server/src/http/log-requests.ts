import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from '../problem.ts'
import type { Services } from '../services.ts'
import { requestCounts } from './metrics.ts'

declare module 'fastify' {
  interface FastifyRequest {
    refused: Problem | undefined
  }
}

/** Lines for requests that went well, in one second; the others are only counted. Refusals are always told. */
const LINES_PER_SECOND = 50

/** One line a request, without its query, where tokens and secrets stand. */
export function logRequests(app: FastifyInstance, { log }: Services): void {
  app.decorateRequest('refused', undefined)
  const isTold = log.isLevelEnabled('info')
  let second = 0
  let told = 0
  let untold = 0

  app.addHook('onResponse', (request, reply, done) => {
    tell(request, reply)
    done()
  })

  function tell(request: FastifyRequest, reply: FastifyReply): void {
    const { refused } = request
    const route = request.routeOptions.url ?? 'unknown'
    requestCounts.add(route, refused?.code ?? 'ok', reply.elapsedTime / 1000)
    if (!isTold) return
    const now = Math.floor(performance.now() / 1000)
    if (now !== second) {
      second = now
      told = 0
    }
    if (!refused && told >= LINES_PER_SECOND) {
      untold += 1
      return
    }
    told += 1
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
    untold = 0
  }
}
