import type { Kysely, Transaction } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Schema } from '../db/schema.ts'
import { Problem } from '../problem.ts'
import { NO_ACCESS, type ShopAccess } from './shop-access.ts'

export async function findShopAccess(db: Kysely<Schema>, accountId: number): Promise<ShopAccess> {
  const row = await db.selectFrom('shop_access').selectAll().where('account_id', '=', accountId).executeTakeFirst()
  if (!row) return NO_ACCESS
  return {
    connectedAt: row.connected_at === null ? null : new Date(row.connected_at),
    finishedItems: JSON.parse(row.finished_items),
    service: JSON.parse(row.service_info),
  }
}

const selectConnection = prepared((db, { accountId }: { accountId: number }) =>
  db.selectFrom('shop_access').select('connected_at').where('account_id', '=', accountId),
)

/** Whether the component is open for the account. */
export async function isConnected(db: Kysely<Schema>, accountId: number): Promise<boolean> {
  const [access] = await selectConnection(db, { accountId })
  return access !== undefined && access.connected_at !== null
}

/** @throws Problem `shop.not_connected` */
export async function getShopAccess(db: Kysely<Schema>, accountId: number): Promise<ShopAccess> {
  const access = await findShopAccess(db, accountId)
  if (!access.connectedAt) throw new Problem('shop.not_connected')
  return access
}

/** Written with the account's journal locked: what was read before is still so. */
export async function saveShopAccess(trx: Transaction<Schema>, accountId: number, access: ShopAccess): Promise<void> {
  const row = {
    connected_at: access.connectedAt?.getTime() ?? null,
    finished_items: JSON.stringify(access.finishedItems),
    service_info: JSON.stringify(access.service),
  }
  await trx
    .insertInto('shop_access')
    .values({ account_id: accountId, ...row })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(row))
    .execute()
}
