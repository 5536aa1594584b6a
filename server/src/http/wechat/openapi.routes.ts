import type { FastifyInstance } from 'fastify'
import type { Services } from '../../services.ts'
import { serveDocument } from '../document.ts'

/** The description of the wire, for everyone: for programs and for people. Without a public URL it names the server by which it was read. */
export function openApiRoutes(app: FastifyInstance, { config }: Services): void {
  serveDocument(app, '/openapi.json', {
    type: 'application/json; charset=utf-8',
    make: async () => JSON.stringify(await (await import('./openapi.ts')).wireOpenApi(config.publicUrl ?? '/')),
  })
  serveDocument(app, '/docs', {
    type: 'text/html; charset=utf-8',
    make: async () => (await import('./wire-reference.ts')).wireReference(config.mode === 'sandbox'),
  })
}
