import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'

const PAGE = new URL('../../../console/public/index.html', import.meta.url)

/** The reviewers' console: static files that need no account to be read. */
export function consoleRoutes(app: FastifyInstance): void {
  app.get('/', async (_request, reply) => reply.redirect('/console/'))
  app.get('/console', async (_request, reply) => reply.redirect('/console/'))
  app.get('/console/', async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'")
      .send(await readFile(PAGE)),
  )
}
