import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Services } from '../services.ts'
import { apiRoutes } from './api/api.routes.ts'
import { keepPrivate } from './api/keep-private.ts'
import { admit } from './caller.ts'
import { consoleRoutes } from './console.routes.ts'
import { createEmptyApp } from './empty-app.ts'
import { createErrorHandlers } from './error-handlers.ts'
import { healthRoutes, livezRoute } from './health.routes.ts'
import type { Listeners } from './listeners.ts'
import { lotteryPageRoutes } from './lottery-page.routes.ts'
import { pictureRoutes } from './picture-links.routes.ts'
import { openApiRoutes } from './wechat/openapi.routes.ts'
import type { ServedCall } from './wechat/serve-calls.ts'
import type { CallStrikes } from './wechat/strike-calls.ts'
import { wireRoutes } from './wechat/wire.routes.ts'

/** The wire alone, not yet listening. @param listeners get their servers by it */
export const createWireApp = (services: Services, listeners: Listeners): FastifyInstance =>
  serveWire(services, listeners).app

/** All the routes, not yet listening. @param listeners get their servers by it */
export function createApp(services: Services, listeners: Listeners): FastifyInstance {
  const { config } = services
  const { app, refuse } = serveWire(services, listeners)
  app.register(
    async (api) => {
      api.setErrorHandler(refuse.native)
      api.addHook('onRequest', keepPrivate)
      apiRoutes(api, services)
      if (config.mode === 'sandbox') {
        const { sandboxRoutes } = await import('./sandbox.routes.ts')
        api.register(async (sandbox) => sandboxRoutes(sandbox, services))
      }
      if (config.oidc) (await import('./oidc.routes.ts')).oidcRoutes(api, services)
    },
    { prefix: '/api' },
  )
  app.register(async (health) => {
    health.setErrorHandler(refuse.native)
    livezRoute(health)
    // With an address of their own they are nowhere else. The sandbox has nothing to hide.
    const isOpen = config.mode === 'sandbox'
    const admitStaff = async (request: FastifyRequest) => void (await admit(services, 'health.read', request))
    if (!config.admin) healthRoutes(health, services, isOpen ? undefined : admitStaff)
  })
  openApiRoutes(app, services)
  pictureRoutes(app, services)
  lotteryPageRoutes(app, services)
  consoleRoutes(app)
  return app
}

function serveWire(services: Services, listeners: Listeners) {
  const served = new Map<string, ServedCall>()
  const refuse = createErrorHandlers(services)
  const app = createEmptyApp(services, listeners, refuse, served)
  app.register(async (wire) => {
    wire.setErrorHandler(refuse.wire)
    if (services.sandbox) (await import('./wechat/tell-time.ts')).tellTime(wire, services.sandbox)
    wireRoutes(wire, services, served, await openStrikes(wire, services))
  })
  return { app, refuse }
}

/** What a sandbox does to calls on purpose; production loads nothing of it. */
async function openStrikes(wire: FastifyInstance, services: Services): Promise<CallStrikes | undefined> {
  if (!services.sandbox) return undefined
  const { CallStrikes } = await import('./wechat/strike-calls.ts')
  return new CallStrikes(wire, services, services.sandbox)
}

/** Health and metrics on the address of ADMIN_PORT. It does not listen yet. */
export function createAdminApp(services: Services, listeners: Listeners): FastifyInstance {
  const refuse = createErrorHandlers(services)
  const app = createEmptyApp(services, listeners, refuse, new Map())
  app.register(async (health) => {
    health.setErrorHandler(refuse.native)
    livezRoute(health)
    healthRoutes(health, services)
  })
  return app
}
