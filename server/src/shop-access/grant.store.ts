import type { Kysely, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'

/** The categories that an account was granted, named as the wire names them. Their number is bounded by the tree's. */
export async function listGrantedCategories(db: Kysely<Schema>, accountId: number) {
  return await db
    .selectFrom('category_grant')
    .innerJoin('category', 'category.third_cat_id', 'category_grant.third_cat_id')
    .select([
      'category.third_cat_id',
      'third_cat_name',
      'second_cat_id',
      'second_cat_name',
      'first_cat_id',
      'first_cat_name',
    ])
    .where('category_grant.account_id', '=', accountId)
    .orderBy('category.third_cat_id')
    .execute()
}

/** The brands that an account was granted. Each was decided by a reviewer, which bounds their number. */
export async function listGrantedBrands(db: Kysely<Schema>, accountId: number) {
  return await db
    .selectFrom('brand_grant')
    .select(['brand_id', 'brand_wording'])
    .where('account_id', '=', accountId)
    .orderBy('brand_id')
    .execute()
}

/** Take away every category and brand of an account. */
export async function deleteGrants(trx: Transaction<Schema>, accountId: number): Promise<void> {
  await trx.deleteFrom('category_grant').where('account_id', '=', accountId).execute()
  await trx.deleteFrom('brand_grant').where('account_id', '=', accountId).execute()
}
