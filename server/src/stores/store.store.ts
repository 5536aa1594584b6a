import type { Kysely } from 'kysely'
import type { ApplicationState } from '../applications/application.ts'
import type { Schema } from '../db/schema.ts'

export interface Store {
  poiId: number
  businessName: string
  state: ApplicationState
}

/** A store of the account that was not deleted, or undefined. */
export async function findStore(db: Kysely<Schema>, accountId: number, poiId: number): Promise<Store | undefined> {
  const row = await db
    .selectFrom('store')
    .select(['poi_id', 'business_name', 'state'])
    .where('account_id', '=', accountId)
    .where('poi_id', '=', poiId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return row && { poiId: row.poi_id, businessName: row.business_name, state: row.state }
}

export async function insertStore(
  db: Kysely<Schema>,
  accountId: number,
  store: Omit<Store, 'state'>,
  at: Date,
): Promise<void> {
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
