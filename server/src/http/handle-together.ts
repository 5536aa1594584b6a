import type { FastifyInstance } from 'fastify'

/**
 * Requests whose sockets are readable at the same time are all read before the first of them is handled, and then
 * handled one after another. Alone a request waits for nothing. Under load each step runs while its code is at hand in
 * the processor, and answers leave together, which wakes a client once for many of them.
 * Source: docs/decisions/0013-what-a-request-costs.md.
 */
export function handleTogether(app: FastifyInstance): void {
  let waiting: (() => void)[] = []
  // Node runs it after the sockets that are readable now.
  const handleAll = () => {
    const handlers = waiting
    waiting = []
    for (const handle of handlers) handle()
  }
  app.addHook('preHandler', (_request, _reply, handle) => {
    if (waiting.push(handle) === 1) setImmediate(handleAll)
  })
}
