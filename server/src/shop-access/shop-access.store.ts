import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { Problem } from '../problem.ts'
import { NO_ACCESS, type ShopAccess } from './shop-access.ts'

const toDate = (time: number | null): Date | null => (time === null ? null : new Date(time))

const selectAccess = prepared((db, { accountId }: { accountId: number }) =>
  db
    .selectFrom('shop_access')
    .select(['connected_at', 'banned_at', 'cancelled_at', 'finished_items', 'service_info'])
    .where('account_id', '=', accountId),
)

export async function findShopAccess(db: Kysely<Schema>, accountId: number): Promise<ShopAccess> {
  const [row] = await selectAccess(db, { accountId })
  if (!row) return NO_ACCESS
  return {
    connectedAt: toDate(row.connected_at),
    bannedAt: toDate(row.banned_at),
    cancelledAt: toDate(row.cancelled_at),
    finishedItems: JSON.parse(row.finished_items),
    service: JSON.parse(row.service_info),
  }
}

const selectConnection = prepared((db, { accountId }: { accountId: number }) =>
  db.selectFrom('shop_access').select(['connected_at', 'banned_at']).where('account_id', '=', accountId),
)

/**
 * Refuse an account that the component is not open for.
 *
 * @throws Problem `shop.not_open`, `shop.banned`
 */
export async function assertShopOpen(db: Kysely<Schema>, accountId: number): Promise<void> {
  const [access] = await selectConnection(db, { accountId })
  if (!access || access.connected_at === null) throw new Problem('shop.not_open')
  if (access.banned_at !== null) throw new Problem('shop.banned')
}

/** @throws Problem `shop.not_connected`; one that is banned is answered */
export async function getShopAccess(db: Kysely<Schema>, accountId: number): Promise<ShopAccess> {
  const access = await findShopAccess(db, accountId)
  if (!access.connectedAt) throw new Problem('shop.not_connected')
  return access
}

const upsertAccess = prepared((db, row: Selectable<Schema['shop_access']>) => {
  const { connected_at, banned_at, cancelled_at, finished_items, service_info } = row
  const columns = { connected_at, banned_at, cancelled_at, finished_items, service_info }
  return db
    .insertInto('shop_access')
    .values({ account_id: row.account_id, ...columns })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(columns))
})

/** Written with the account's journal locked: what was read before is still so. */
export async function saveShopAccess(trx: Transaction<Schema>, accountId: number, access: ShopAccess): Promise<void> {
  await upsertAccess(trx, {
    account_id: accountId,
    connected_at: access.connectedAt?.getTime() ?? null,
    banned_at: access.bannedAt?.getTime() ?? null,
    cancelled_at: access.cancelledAt?.getTime() ?? null,
    finished_items: JSON.stringify(access.finishedItems),
    service_info: JSON.stringify(access.service),
  })
}
