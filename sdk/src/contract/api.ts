import { accountEndpoints } from './api/accounts.ts'
import { applicationEndpoints } from './api/applications.ts'
import { categoryEndpoints } from './api/categories.ts'
import { deliveryEndpoints } from './api/deliveries.ts'
import { deviceQuotaEndpoints } from './api/device-quota.ts'
import { miniappCertificateEndpoints } from './api/miniapp-certificates.ts'
import { queueEndpoints } from './api/queues.ts'
import { shakeEndpoints } from './api/shakes.ts'
import { shopAccessEndpoints } from './api/shop-access.ts'

export type { ApiAccount, ApiAccountState, ApiCallback, ApiLimits } from './api/accounts.ts'
export type { ApiApplication, ApiApplicationInFull } from './api/applications.ts'
export type { ApiDelivery, ApiDeliveryInFull } from './api/deliveries.ts'
export { type ApiDeviceQuota, type ApiLedgerEntry, DEVICE_CEILING_MAX } from './api/device-quota.ts'
export type { ApiMiniappCertificates } from './api/miniapp-certificates.ts'
export { type ApiQueue, type ApiQueuedJob, COUNTED_JOBS_MAX } from './api/queues.ts'
export { SHAKE_BEACONS_MAX } from './api/shakes.ts'
export type { ApiShopAccess } from './api/shop-access.ts'
export type { Endpoint } from './endpoint.ts'

/** Every endpoint of the native API. */
export const api = {
  ...accountEndpoints,
  ...deviceQuotaEndpoints,
  ...shopAccessEndpoints,
  ...miniappCertificateEndpoints,
  ...categoryEndpoints,
  ...applicationEndpoints,
  ...deliveryEndpoints,
  ...queueEndpoints,
  ...shakeEndpoints,
}
