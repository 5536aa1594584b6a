import type { StoreChanges, StoreInfo } from '@shenpi/sdk'
import type { ApplicationState } from '@shenpi/sdk/contract/states'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { Problem } from '../problem.ts'

export interface Store {
  poiId: number
  businessName: string
  /** What the merchant submitted; empty for the sandbox's first store. */
  info: Partial<StoreInfo>
  state: ApplicationState
  /** The change that waits for its review. */
  pendingUpdate: StoreChanges | null
  /** In the coordinates that `info.offset_type` names. */
  longitude: number | null
  latitude: number | null
}

const toStore = (row: Selectable<Schema['store']>): Store => ({
  poiId: row.poi_id,
  businessName: row.business_name,
  info: JSON.parse(row.base_info),
  state: row.state,
  pendingUpdate: row.pending_update === null ? null : JSON.parse(row.pending_update),
  longitude: row.longitude,
  latitude: row.latitude,
})

const selectByKey = prepared((db, { accountId, poiId }: { accountId: number; poiId: number }) =>
  db.selectFrom('store').selectAll().where('account_id', '=', accountId).where('poi_id', '=', poiId),
)

/** A store of the account, whatever its state, or undefined where there is none or it was deleted. */
export async function findStore(db: Kysely<Schema>, accountId: number, poiId: number): Promise<Store | undefined> {
  const [row] = await selectByKey(db, { accountId, poiId })
  return row && row.deleted_at === null ? toStore(row) : undefined
}

/** @throws Problem `store.unknown` for another account's too; `store.deleted` */
export async function getStore(db: Kysely<Schema>, accountId: number, poiId: number): Promise<Store> {
  const [row] = await selectByKey(db, { accountId, poiId })
  if (!row) throw new Problem('store.unknown')
  if (row.deleted_at !== null) throw new Problem('store.deleted')
  return toStore(row)
}

/** The oldest first. @param begin how many to pass over, as the wire pages */
export async function listStores(
  db: Kysely<Schema>,
  accountId: number,
  { begin, limit }: { begin: number; limit: number },
): Promise<{ stores: Store[]; total: number }> {
  const own = db.selectFrom('store').where('account_id', '=', accountId).where('deleted_at', 'is', null)
  const { total } = await own.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await own.selectAll().orderBy('poi_id').offset(begin).limit(limit).execute()
  return { stores: rows.map(toStore), total }
}

/** Add a store, approved unless it says otherwise. One that is there already stays as it is. */
export async function insertStore(
  db: Kysely<Schema>,
  accountId: number,
  { poiId, businessName, info = {}, state = 'approved' }: Pick<Store, 'poiId' | 'businessName'> & Partial<Store>,
  at: Date,
): Promise<void> {
  await db
    .insertInto('store')
    .values({
      account_id: accountId,
      poi_id: poiId,
      business_name: businessName,
      created_at: at.getTime(),
      base_info: JSON.stringify(info),
      state,
      longitude: info.longitude ?? null,
      latitude: info.latitude ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Write what an application or its decision changes of a store. */
export async function saveStore(
  trx: Transaction<Schema>,
  accountId: number,
  poiId: number,
  changes: Partial<Pick<Store, 'info' | 'state' | 'pendingUpdate'>> & { reason?: string; deletedAt?: Date },
): Promise<void> {
  const { info, state, pendingUpdate, reason, deletedAt } = changes
  await trx
    .updateTable('store')
    .set({
      ...(info && { base_info: JSON.stringify(info) }),
      ...(state && { state }),
      ...(pendingUpdate !== undefined && { pending_update: pendingUpdate && JSON.stringify(pendingUpdate) }),
      ...(reason !== undefined && { reason }),
      ...(deletedAt && { deleted_at: deletedAt.getTime() }),
    })
    .where('account_id', '=', accountId)
    .where('poi_id', '=', poiId)
    .execute()
}
