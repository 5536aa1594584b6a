import { api, type Endpoint } from '@shenpi/sdk/contract/api'
import type { Services } from '../../services.ts'
import { accountsRoutes } from './accounts.routes.ts'
import { applicationPicturesRoutes } from './application-pictures.routes.ts'
import { applicationsRoutes } from './applications.routes.ts'
import { bulkDecisionsRoutes } from './bulk-decisions.routes.ts'
import { categoriesRoutes } from './categories.routes.ts'
import { claimsRoutes } from './claims.routes.ts'
import { dashboardRoutes } from './dashboard.routes.ts'
import { decisionsRoutes } from './decisions.routes.ts'
import { deliveriesRoutes } from './deliveries.routes.ts'
import { deliveryReplaysRoutes } from './delivery-replays.routes.ts'
import { deviceBatchesRoutes } from './device-batches.routes.ts'
import { deviceQuotaRoutes } from './device-quota.routes.ts'
import { devicesRoutes } from './devices.routes.ts'
import { type ServedEndpoint, serveInto } from './endpoint.ts'
import { eventsRoutes } from './events.routes.ts'
import { exportsRoutes } from './exports.routes.ts'
import { grantsRoutes } from './grants.routes.ts'
import { keysRoutes } from './keys.routes.ts'
import { lotteriesRoutes } from './lotteries.routes.ts'
import { miniappCertificatesRoutes } from './miniapp-certificates.routes.ts'
import { notesRoutes } from './notes.routes.ts'
import { ownAccountRoutes } from './own-account.routes.ts'
import { policyRoutes } from './policy.routes.ts'
import { queuesRoutes } from './queues.routes.ts'
import { quotasRoutes } from './quotas.routes.ts'
import { reasonsRoutes } from './reasons.routes.ts'
import { requestsRoutes } from './requests.routes.ts'
import { samplesRoutes } from './samples.routes.ts'
import { sandboxClocksRoutes } from './sandbox-clocks.routes.ts'
import { sandboxFaultsRoutes } from './sandbox-faults.routes.ts'
import { sandboxOutcomesRoutes } from './sandbox-outcomes.routes.ts'
import { sandboxStateRoutes } from './sandbox-state.routes.ts'
import { savedViewsRoutes } from './saved-views.routes.ts'
import { searchRoutes } from './search.routes.ts'
import { shakesRoutes } from './shakes.routes.ts'
import { shopAccessRoutes } from './shop-access.routes.ts'
import { signInRoutes } from './sign-in.routes.ts'
import { signalsRoutes } from './signals.routes.ts'
import { staffRoutes } from './staff.routes.ts'
import { trailRoutes } from './trail.routes.ts'
import { triesRoutes } from './tries.routes.ts'

/** Every endpoint of the native API, by its name in the contract. */
export function servedEndpoints(services: Services): ReadonlyMap<string, ServedEndpoint> {
  const served = new Map<Endpoint, ServedEndpoint>()
  const serve = serveInto(served, services.sandbox?.gate)
  accountsRoutes(serve, services)
  deviceQuotaRoutes(serve, services)
  deviceBatchesRoutes(serve, services)
  devicesRoutes(serve, services)
  grantsRoutes(serve, services)
  quotasRoutes(serve, services)
  shopAccessRoutes(serve, services)
  miniappCertificatesRoutes(serve, services)
  categoriesRoutes(serve, services)
  applicationsRoutes(serve, services)
  applicationPicturesRoutes(serve, services)
  claimsRoutes(serve, services)
  decisionsRoutes(serve, services)
  notesRoutes(serve, services)
  bulkDecisionsRoutes(serve, services)
  reasonsRoutes(serve, services)
  samplesRoutes(serve, services)
  deliveriesRoutes(serve, services)
  deliveryReplaysRoutes(serve, services)
  exportsRoutes(serve, services)
  signalsRoutes(serve, services)
  triesRoutes(serve, services)
  searchRoutes(serve, services)
  savedViewsRoutes(serve, services)
  queuesRoutes(serve, services)
  requestsRoutes(serve, services)
  shakesRoutes(serve, services)
  lotteriesRoutes(serve, services)
  keysRoutes(serve, services)
  staffRoutes(serve, services)
  signInRoutes(serve, services)
  ownAccountRoutes(serve, services)
  policyRoutes(serve, services)
  trailRoutes(serve, services)
  dashboardRoutes(serve, services)
  eventsRoutes(serve, services)
  sandboxClocksRoutes(serve, services)
  sandboxOutcomesRoutes(serve, services)
  sandboxFaultsRoutes(serve, services)
  sandboxStateRoutes(serveInto(served), services)
  const named = Object.entries<Endpoint>(api).map(([name, endpoint]) => [name, served.get(endpoint)] as const)
  return new Map(named.flatMap(([name, serves]) => (serves ? [[name, serves]] : [])))
}
