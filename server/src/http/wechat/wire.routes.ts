import type { FastifyInstance } from 'fastify'
import type { Services } from '../../services.ts'
import { activationsRoutes } from './activations.routes.ts'
import { brandsRoutes } from './brands.routes.ts'
import { categoriesRoutes } from './categories.routes.ts'
import { deviceBatchesRoutes } from './device-batches.routes.ts'
import { devicesRoutes } from './devices.routes.ts'
import { groupsRoutes } from './groups.routes.ts'
import { lotteriesRoutes } from './lotteries.routes.ts'
import { miniappCertificatesRoutes } from './miniapp-certificates.routes.ts'
import { pagesRoutes } from './pages.routes.ts'
import { picturesRoutes } from './pictures.routes.ts'
import { quotasRoutes } from './quotas.routes.ts'
import { relationsRoutes } from './relations.routes.ts'
import { requestsRoutes } from './requests.routes.ts'
import { type ServedCall, serveCalls } from './serve-calls.ts'
import { shakesRoutes } from './shakes.routes.ts'
import { shopAccessRoutes } from './shop-access.routes.ts'
import { shopAuditsRoutes } from './shop-audits.routes.ts'
import { statisticsRoutes } from './statistics.routes.ts'
import { storesRoutes } from './stores.routes.ts'
import type { CallStrikes } from './strike-calls.ts'
import { tokensRoutes } from './tokens.routes.ts'

/**
 * The WeChat-compatible API, subject by subject.
 *
 * @param served is told of every call
 * @param strikes what a sandbox does to calls on purpose
 */
export function wireRoutes(
  app: FastifyInstance,
  services: Services,
  served: Map<string, ServedCall>,
  strikes?: CallStrikes,
): void {
  const serve = serveCalls(app, services, served, strikes)
  tokensRoutes(serve, services)
  quotasRoutes(serve, services, served)
  requestsRoutes(serve, services)
  activationsRoutes(serve, services)
  picturesRoutes(serve, services)
  deviceBatchesRoutes(serve, services)
  devicesRoutes(serve, services)
  relationsRoutes(serve, services)
  pagesRoutes(serve, services)
  groupsRoutes(serve, services)
  shakesRoutes(serve, services)
  statisticsRoutes(serve, services)
  lotteriesRoutes(serve, services)
  categoriesRoutes(serve, services)
  brandsRoutes(serve, services)
  shopAuditsRoutes(serve, services)
  shopAccessRoutes(serve, services)
  miniappCertificatesRoutes(serve, services)
  storesRoutes(serve, services)
}
