import type { FastifyInstance } from 'fastify'
import type { Services } from '../../services.ts'

/** The description of the wire: for everyone, and made once. */
export function openApiRoutes(app: FastifyInstance, { publicUrl }: Services): void {
  let document: string | undefined
  app.get('/openapi.json', async (_request, reply) => {
    if (!document) {
      const { wireOpenApi } = await import('./openapi.ts')
      document = JSON.stringify(wireOpenApi(publicUrl()))
    }
    return reply.type('application/json; charset=utf-8').send(document)
  })
}
