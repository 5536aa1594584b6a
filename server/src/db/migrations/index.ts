import type { Migration } from 'kysely/migration'

/** Loaded when it runs: most starts run none. */
const lazily = (load: () => Promise<Migration>): Migration => ({ up: async (db) => (await load()).up(db) })

/**
 * In the order in which they run. A released one is never edited. Each says what changes, without reading and without
 * parameters: an empty database is told all of them at once (`first-script.ts`).
 */
export const migrations: Record<string, Migration> = {
  '0001-foundation': lazily(() => import('./0001-foundation.ts')),
  '0002-shake-nearby': lazily(() => import('./0002-shake-nearby.ts')),
  '0003-shops-and-stores': lazily(() => import('./0003-shops-and-stores.ts')),
  '0004-limits': lazily(() => import('./0004-limits.ts')),
  '0005-whose-device': lazily(() => import('./0005-whose-device.ts')),
  '0006-ends-of-tokens': lazily(() => import('./0006-ends-of-tokens.ts')),
  '0007-shop-component': lazily(() => import('./0007-shop-component.ts')),
  '0008-end-of-shop-access': lazily(() => import('./0008-end-of-shop-access.ts')),
  '0009-account-state': lazily(() => import('./0009-account-state.ts')),
  '0010-miniapp-certificates': lazily(() => import('./0010-miniapp-certificates.ts')),
  '0011-shares-of-queues': lazily(() => import('./0011-shares-of-queues.ts')),
  '0012-nonzero-beacons': lazily(() => import('./0012-nonzero-beacons.ts')),
  '0013-queues-by-account': lazily(() => import('./0013-queues-by-account.ts')),
  '0014-device-ranges': lazily(() => import('./0014-device-ranges.ts')),
  '0015-keys-and-policy': lazily(() => import('./0015-keys-and-policy.ts')),
  '0016-staff': lazily(() => import('./0016-staff.ts')),
  '0017-deciding': lazily(() => import('./0017-deciding.ts')),
  '0018-traces': lazily(() => import('./0018-traces.ts')),
  '0019-decisions-of-days': lazily(() => import('./0019-decisions-of-days.ts')),
  '0021-default-reasons': lazily(() => import('./0021-default-reasons.ts')),
  '0022-saved-views': lazily(() => import('./0022-saved-views.ts')),
  '0024-account-filters': lazily(() => import('./0024-account-filters.ts')),
  '0025-verification-and-order': lazily(() => import('./0025-verification-and-order.ts')),
  '0030-sandbox-clocks': lazily(() => import('./0030-sandbox-clocks.ts')),
  '0031-red-packets': lazily(() => import('./0031-red-packets.ts')),
  '0032-sandbox-outcomes': lazily(() => import('./0032-sandbox-outcomes.ts')),
  '0033-faults': lazily(() => import('./0033-faults.ts')),
  '0034-explained-requests': lazily(() => import('./0034-explained-requests.ts')),
  '0035-snapshots': lazily(() => import('./0035-snapshots.ts')),
}
