import { activations } from './wire/activations.ts'
import { brands } from './wire/brands.ts'
import { categories } from './wire/categories.ts'
import { deviceBatches } from './wire/device-batches.ts'
import { devices } from './wire/devices.ts'
import { groups } from './wire/groups.ts'
import { lotteries } from './wire/lotteries.ts'
import { miniappCertificates } from './wire/miniapp-certificates.ts'
import { pages } from './wire/pages.ts'
import { pictures } from './wire/pictures.ts'
import { quotas } from './wire/quotas.ts'
import { relations } from './wire/relations.ts'
import { requests } from './wire/requests.ts'
import { shakes } from './wire/shakes.ts'
import { shopAccess } from './wire/shop-access.ts'
import { shopAudits } from './wire/shop-audits.ts'
import { statistics } from './wire/statistics.ts'
import { stores } from './wire/stores.ts'
import { tokens } from './wire/tokens.ts'

/** The whole wire: every call there is, by its subject, which is the file that states it. */
export const wire = {
  tokens,
  quotas,
  requests,
  activations,
  pictures,
  deviceBatches,
  devices,
  relations,
  pages,
  groups,
  shakes,
  statistics,
  lotteries,
  categories,
  brands,
  shopAudits,
  shopAccess,
  miniappCertificates,
  stores,
}
export type Wire = typeof wire

export * from './call.ts'
export * from './wire/activations.ts'
export * from './wire/audit-status.ts'
export * from './wire/brands.ts'
export * from './wire/categories.ts'
export * from './wire/device-batches.ts'
export * from './wire/devices.ts'
export * from './wire/groups.ts'
export * from './wire/lotteries.ts'
export * from './wire/miniapp-certificates.ts'
export * from './wire/pages.ts'
export * from './wire/pictures.ts'
export * from './wire/quotas.ts'
export * from './wire/relations.ts'
export * from './wire/requests.ts'
export * from './wire/shakes.ts'
export * from './wire/shop-access.ts'
export * from './wire/shop-audits.ts'
export * from './wire/statistics.ts'
export * from './wire/stores.ts'
export * from './wire/tokens.ts'
