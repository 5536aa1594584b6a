import type { FastifyInstance } from 'fastify'
import type { Services } from '../../services.ts'
import { serveDocument } from '../document.ts'
import { requireApiKey } from '../require-api-key.ts'
import { accountsRoutes } from './accounts.routes.ts'
import { applicationsRoutes } from './applications.routes.ts'
import { categoriesRoutes } from './categories.routes.ts'
import { deliveriesRoutes } from './deliveries.routes.ts'
import { deviceQuotaRoutes } from './device-quota.routes.ts'
import { serveEndpoints } from './endpoint.ts'
import { miniappCertificatesRoutes } from './miniapp-certificates.routes.ts'
import { queuesRoutes } from './queues.routes.ts'
import { searchRoutes } from './search.routes.ts'
import { shakesRoutes } from './shakes.routes.ts'
import { shopAccessRoutes } from './shop-access.routes.ts'
import { signalsRoutes } from './signals.routes.ts'
import { triesRoutes } from './tries.routes.ts'

/** The native API below `/api`: its documents for everybody, its endpoints for callers with the key. */
export function apiRoutes(app: FastifyInstance, services: Services): void {
  serveDocument(app, '/v1/openapi.json', {
    type: 'application/json; charset=utf-8',
    make: async () => JSON.stringify((await import('./openapi.ts')).openApi()),
  })
  serveDocument(app, '/docs', {
    type: 'text/html; charset=utf-8',
    headers: {
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    },
    make: async () => (await import('./reference-page.ts')).referencePage(),
  })

  app.register(
    async (calls) => {
      calls.addHook('onRequest', requireApiKey(services.db))
      const serve = serveEndpoints(calls)
      accountsRoutes(serve, services)
      deviceQuotaRoutes(serve, services)
      shopAccessRoutes(serve, services)
      miniappCertificatesRoutes(serve, services)
      categoriesRoutes(serve, services)
      applicationsRoutes(serve, services)
      deliveriesRoutes(serve, services)
      signalsRoutes(serve, services)
      triesRoutes(serve, services)
      searchRoutes(serve, services)
      queuesRoutes(serve, services)
      shakesRoutes(serve, services)
    },
    { prefix: '/v1' },
  )
}
