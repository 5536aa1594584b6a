import type { FastifyInstance } from 'fastify'

/** The reviewers' console: static files that need no account to be read. Nothing of it is loaded before it is asked for. */
export function consoleRoutes(app: FastifyInstance): void {
  for (const url of ['/', '/console']) {
    app.route({ method: ['GET', 'HEAD'], url, handler: async (_request, reply) => reply.redirect('/console/') })
  }
  app.route({
    method: ['GET', 'HEAD'],
    url: '/console/*',
    handler: async (request, reply) => (await import('./console-files.ts')).sendConsoleFile(request, reply),
  })
}
