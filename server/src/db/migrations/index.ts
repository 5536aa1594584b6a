import type { Migration } from 'kysely/migration'
import * as foundation from './0001-foundation.ts'
import * as shakeNearby from './0002-shake-nearby.ts'
import * as shopsAndStores from './0003-shops-and-stores.ts'
import * as limits from './0004-limits.ts'
import * as whoseDevice from './0005-whose-device.ts'
import * as endsOfTokens from './0006-ends-of-tokens.ts'
import * as shopComponent from './0007-shop-component.ts'
import * as endOfShopAccess from './0008-end-of-shop-access.ts'
import * as accountState from './0009-account-state.ts'
import * as miniappCertificates from './0010-miniapp-certificates.ts'
import * as sharesOfQueues from './0011-shares-of-queues.ts'
import * as nonzeroBeacons from './0012-nonzero-beacons.ts'
import * as queuesByAccount from './0013-queues-by-account.ts'
import * as deviceRanges from './0014-device-ranges.ts'
import * as keysAndPolicy from './0015-keys-and-policy.ts'
import * as staff from './0016-staff.ts'
import * as deciding from './0017-deciding.ts'
import * as traces from './0018-traces.ts'
import * as decisionsOfDays from './0019-decisions-of-days.ts'
import * as defaultReasons from './0021-default-reasons.ts'
import * as savedViews from './0022-saved-views.ts'
import * as accountFilters from './0024-account-filters.ts'
import * as verificationAndOrder from './0025-verification-and-order.ts'

/**
 * In the order in which they run. A released one is never edited. Each says what changes, without reading and without
 * parameters: an empty database is told all of them at once (`first-script.ts`).
 */
export const migrations: Record<string, Migration> = {
  '0001-foundation': foundation,
  '0002-shake-nearby': shakeNearby,
  '0003-shops-and-stores': shopsAndStores,
  '0004-limits': limits,
  '0005-whose-device': whoseDevice,
  '0006-ends-of-tokens': endsOfTokens,
  '0007-shop-component': shopComponent,
  '0008-end-of-shop-access': endOfShopAccess,
  '0009-account-state': accountState,
  '0010-miniapp-certificates': miniappCertificates,
  '0011-shares-of-queues': sharesOfQueues,
  '0012-nonzero-beacons': nonzeroBeacons,
  '0013-queues-by-account': queuesByAccount,
  '0014-device-ranges': deviceRanges,
  '0015-keys-and-policy': keysAndPolicy,
  '0016-staff': staff,
  '0017-deciding': deciding,
  '0018-traces': traces,
  '0019-decisions-of-days': decisionsOfDays,
  '0021-default-reasons': defaultReasons,
  '0022-saved-views': savedViews,
  '0024-account-filters': accountFilters,
  '0025-verification-and-order': verificationAndOrder,
}
