import type { Story } from './case.ts'
import { ACTIVATION } from './cases/activations.cases.ts'
import { BRANDS } from './cases/brands.cases.ts'
import { CATEGORIES_STORY } from './cases/categories.cases.ts'
import { BATCHES_STORY } from './cases/device-batches.cases.ts'
import { DEVICES_STORY } from './cases/devices.cases.ts'
import { GROUPS } from './cases/groups.cases.ts'
import { MINIAPP_CERTIFICATES } from './cases/miniapp-certificates.cases.ts'
import { PAGES } from './cases/pages.cases.ts'
import { PICTURES } from './cases/pictures.cases.ts'
import { QUOTAS } from './cases/quotas.cases.ts'
import { REQUESTS } from './cases/requests.cases.ts'
import { SHAKES } from './cases/shakes.cases.ts'
import { SHOP_ACCESS } from './cases/shop-access.cases.ts'
import { SHOP_AUDITS } from './cases/shop-audits.cases.ts'
import { STATISTICS } from './cases/statistics.cases.ts'
import { STORES_STORY } from './cases/stores.cases.ts'
import { TOKENS } from './cases/tokens.cases.ts'

/** All that the wire conforms to, but for what every call refuses alike (`any-call.cases.ts`). */
export const STORIES: readonly Story[] = [
  TOKENS,
  QUOTAS,
  REQUESTS,
  ACTIVATION,
  PICTURES,
  BATCHES_STORY,
  DEVICES_STORY,
  PAGES,
  GROUPS,
  SHAKES,
  STATISTICS,
  CATEGORIES_STORY,
  SHOP_AUDITS,
  BRANDS,
  SHOP_ACCESS,
  MINIAPP_CERTIFICATES,
  STORES_STORY,
]
