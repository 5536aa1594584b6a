import type { Story } from './case.ts'
import { ACTIVATIONS_STORY } from './cases/activations.cases.ts'
import { BRANDS_STORY } from './cases/brands.cases.ts'
import { CATEGORIES_STORY } from './cases/categories.cases.ts'
import { DEVICE_BATCHES_STORY } from './cases/device-batches.cases.ts'
import { DEVICES_STORY } from './cases/devices.cases.ts'
import { GROUPS_STORY } from './cases/groups.cases.ts'
import { LOTTERIES_STORY } from './cases/lotteries.cases.ts'
import { MINIAPP_CERTIFICATES_STORY } from './cases/miniapp-certificates.cases.ts'
import { PAGES_STORY } from './cases/pages.cases.ts'
import { PICTURES_STORY } from './cases/pictures.cases.ts'
import { QUOTAS_STORY } from './cases/quotas.cases.ts'
import { REQUESTS_STORY } from './cases/requests.cases.ts'
import { SHAKES_STORY } from './cases/shakes.cases.ts'
import { SHOP_ACCESS_STORY } from './cases/shop-access.cases.ts'
import { SHOP_AUDITS_STORY } from './cases/shop-audits.cases.ts'
import { STATISTICS_STORY } from './cases/statistics.cases.ts'
import { STORES_STORY } from './cases/stores.cases.ts'
import { TOKENS_STORY } from './cases/tokens.cases.ts'

/** All that the wire conforms to, but for what every call refuses alike (`any-call.cases.ts`). */
export const STORIES: readonly Story[] = [
  TOKENS_STORY,
  QUOTAS_STORY,
  REQUESTS_STORY,
  ACTIVATIONS_STORY,
  PICTURES_STORY,
  DEVICE_BATCHES_STORY,
  DEVICES_STORY,
  PAGES_STORY,
  GROUPS_STORY,
  SHAKES_STORY,
  STATISTICS_STORY,
  LOTTERIES_STORY,
  CATEGORIES_STORY,
  SHOP_AUDITS_STORY,
  BRANDS_STORY,
  SHOP_ACCESS_STORY,
  MINIAPP_CERTIFICATES_STORY,
  STORES_STORY,
]
