import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'

export interface Store {
  poiId: number
  businessName: string
}

/** A store of the account, or undefined. */
export async function findStore(db: Kysely<Schema>, accountId: number, poiId: number): Promise<Store | undefined> {
  const row = await db
    .selectFrom('store')
    .select(['poi_id', 'business_name'])
    .where('account_id', '=', accountId)
    .where('poi_id', '=', poiId)
    .executeTakeFirst()
  return row && { poiId: row.poi_id, businessName: row.business_name }
}

export async function insertStore(db: Kysely<Schema>, accountId: number, store: Store, at: Date): Promise<void> {
  await db
    .insertInto('store')
    .values({
      account_id: accountId,
      poi_id: store.poiId,
      business_name: store.businessName,
      created_at: at.getTime(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
