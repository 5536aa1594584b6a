import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

/** The pages that are made for lotteries. Whoever has a link may open its page. What makes them is loaded by the first. */
export function lotteryPageRoutes(app: FastifyInstance, services: Services): void {
  app.route<{ Params: { id: string } }>({
    method: ['GET', 'HEAD'],
    url: '/lotteries/:id',
    handler: async ({ params }, reply) => {
      const page = await (await import('./lottery-page.ts')).lotteryPage(services, params.id)
      if (page === undefined) return reply.code(404).type('text/plain; charset=utf-8').send('There is no such lottery.')
      return reply
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
        .send(page)
    },
  })
}
