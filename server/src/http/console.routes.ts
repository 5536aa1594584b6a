import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { serveDocument } from './document.ts'

const PAGE = new URL('../../../console/public/index.html', import.meta.url)

/** The reviewers' console: static files that need no account to be read. */
export function consoleRoutes(app: FastifyInstance): void {
  for (const url of ['/', '/console']) {
    app.route({ method: ['GET', 'HEAD'], url, handler: async (_request, reply) => reply.redirect('/console/') })
  }
  serveDocument(app, '/console/', {
    type: 'text/html; charset=utf-8',
    headers: {
      'content-security-policy': "default-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    },
    make: () => readFile(PAGE),
  })
}
