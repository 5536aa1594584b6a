import type { StoreChanges, StoreInfo } from '@shenpi/sdk'
import type { ApplicationState } from '@shenpi/sdk/contract/states'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
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

const selectTotal = prepared((db, { accountId }: { accountId: number }) =>
  db
    .selectFrom('store')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is', null),
)

const selectPage = prepared((db, { accountId, begin, limit }: { accountId: number; begin: number; limit: number }) =>
  db
    .selectFrom('store')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is', null)
    .orderBy('poi_id')
    .offset(begin)
    .limit(limit),
)

/** The oldest first. @param begin how many to pass over, as the wire pages */
export async function listStores(
  db: Kysely<Schema>,
  accountId: number,
  { begin, limit }: { begin: number; limit: number },
): Promise<{ stores: Store[]; total: number }> {
  const [[counted], rows] = await Promise.all([
    selectTotal(db, { accountId }),
    selectPage(db, { accountId, begin, limit }),
  ])
  return { stores: rows.map(toStore), total: counted?.total ?? 0 }
}

type NewRow = Pick<
  Selectable<Schema['store']>,
  'account_id' | 'poi_id' | 'business_name' | 'created_at' | 'base_info' | 'state' | 'longitude' | 'latitude'
>

const insertRow = prepared((db, row: NewRow) =>
  db
    .insertInto('store')
    .values({
      account_id: row.account_id,
      poi_id: row.poi_id,
      business_name: row.business_name,
      created_at: row.created_at,
      base_info: row.base_info,
      state: row.state,
      longitude: row.longitude,
      latitude: row.latitude,
    })
    .onConflict((conflict) => conflict.doNothing()),
)

/** Add a store, approved unless it says otherwise. One that is there already stays as it is. */
export async function insertStore(
  db: Kysely<Schema>,
  accountId: number,
  { poiId, businessName, info = {}, state = 'approved' }: Pick<Store, 'poiId' | 'businessName'> & Partial<Store>,
  at: Date,
): Promise<void> {
  await insertRow(db, {
    account_id: accountId,
    poi_id: poiId,
    business_name: businessName,
    created_at: at.getTime(),
    base_info: JSON.stringify(info),
    state,
    longitude: info.longitude ?? null,
    latitude: info.latitude ?? null,
  })
}

interface ChangedRow {
  accountId: number
  poiId: number
  /** Null leaves a column as it is, here and below. */
  info: string | null
  state: ApplicationState | null
  reason: string | null
  deletedAt: number | null
  /** 1: `pending` is written, null as well. */
  setsPending: 0 | 1
  pending: string | null
}

const updateRow = prepared((db, row: ChangedRow) =>
  db
    .updateTable('store')
    .set({
      base_info: sql`coalesce(${row.info}, base_info)`,
      state: sql`coalesce(${row.state}, state)`,
      reason: sql`coalesce(${row.reason}, reason)`,
      deleted_at: sql`coalesce(${row.deletedAt}, deleted_at)`,
      pending_update: sql`case when ${row.setsPending} = 1 then ${row.pending} else pending_update end`,
    })
    .where('account_id', '=', row.accountId)
    .where('poi_id', '=', row.poiId),
)

/** Write what an application or its decision changes of a store. */
export async function saveStore(
  trx: Transaction<Schema>,
  accountId: number,
  poiId: number,
  changes: Partial<Pick<Store, 'info' | 'state' | 'pendingUpdate'>> & { reason?: string; deletedAt?: Date },
): Promise<void> {
  const { info, state = null, pendingUpdate, reason = null, deletedAt } = changes
  await updateRow(trx, {
    accountId,
    poiId,
    info: info ? JSON.stringify(info) : null,
    state,
    reason,
    deletedAt: deletedAt?.getTime() ?? null,
    setsPending: pendingUpdate === undefined ? 0 : 1,
    pending: pendingUpdate ? JSON.stringify(pendingUpdate) : null,
  })
}
