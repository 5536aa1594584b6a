import { API_ACCESS } from '@shenpi/sdk/calls/access'
import { API_ENDPOINTS } from '@shenpi/sdk/calls/endpoints'
import { isOfSandbox } from '@shenpi/sdk/contract/permissions'
import type { FastifyInstance } from 'fastify'
import { Problem } from '../../problem.ts'
import type { Services } from '../../services.ts'
import { ARGUMENTS_MAX_BYTES, BODY_MAX_BYTES, UPLOAD_MAX_BYTES } from '../body-limits.ts'
import { admit } from '../caller.ts'
import { serveDocument } from '../document.ts'
import type { ServedEndpoint } from './endpoint.ts'

/** The endpoint whose body holds a file: a sandbox's alone. */
const TAKES_FILES = 'importState'

/**
 * The native API below `/api`: its documents for everybody, its endpoints for those whom the contract names. What serves
 * them is loaded by the first call: a merchant's server may never need it.
 */
export function apiRoutes(app: FastifyInstance, services: Services): void {
  serveDocument(app, '/v1/openapi.json', {
    type: 'application/json; charset=utf-8',
    make: async () => JSON.stringify((await import('./openapi.ts')).openApi()),
  })
  serveDocument(app, '/docs', {
    type: 'text/html; charset=utf-8',
    make: async () => (await import('./api-reference.ts')).apiReference(),
  })

  let served: Promise<ReadonlyMap<string, ServedEndpoint>> | undefined
  const load = async () => (await import('./served-endpoints.ts')).servedEndpoints(services)
  app.register(
    async (calls) => {
      calls.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
      const accessOf = new Map(Object.entries(API_ACCESS))
      for (const [name, { method, path }] of Object.entries(API_ENDPOINTS)) {
        const access = accessOf.get(name)
        if (!access) throw new Error(`the contract does not say who may call ${name}`)
        if (isOfSandbox(access) && services.config.mode !== 'sandbox') continue
        calls.route({
          method,
          url: path.replace(/\{(\w+)\}/g, ':$1'),
          bodyLimit:
            access === 'public' ? ARGUMENTS_MAX_BYTES : name === TAKES_FILES ? UPLOAD_MAX_BYTES : BODY_MAX_BYTES,
          onRequest: async (request) => {
            request.actor = await admit(services, access, request)
          },
          handler: async (request, reply) => {
            served ??= load()
            const serve = (await served).get(name)
            if (!serve) throw new Problem('path.unknown')
            return await serve(request, reply, request.actor)
          },
        })
      }
    },
    { prefix: '/v1' },
  )
}
