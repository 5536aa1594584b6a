import type { FastifyInstance } from 'fastify'

/** Requests that are handled before sockets are looked at again: a server accepts a new connection only then. */
const BATCH_MAX = 64

/**
 * Requests whose sockets are readable at the same time are all read before the first of them is handled, and then
 * handled one after another. Alone a request waits for nothing. Under load each step runs while its code is at hand in
 * the processor, and answers leave together, which wakes a client once for many of them.
 * Source: docs/decisions/0013-what-a-request-costs.md.
 */
export function batchHandlers(app: FastifyInstance): void {
  const waiting: (() => void)[] = []
  // Node runs it after the sockets that are readable now.
  const handleNext = () => {
    const handlers = waiting.splice(0, BATCH_MAX)
    if (waiting.length > 0) setImmediate(handleNext)
    for (const handle of handlers) handle()
  }
  app.addHook('preHandler', (_request, _reply, handle) => {
    if (waiting.push(handle) === 1) setImmediate(handleNext)
  })
}
