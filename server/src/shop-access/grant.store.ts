import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'

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

interface GrantPage {
  accountId: number
  /** The last category or brand of the page before. */
  after: number
  limit: number
}

/** Categories that an account was granted, in the order of their ids. */
export async function listCategoryGrants(db: Kysely<Schema>, { accountId, after, limit }: GrantPage) {
  return await db
    .selectFrom('category_grant')
    .innerJoin('category', 'category.third_cat_id', 'category_grant.third_cat_id')
    .select(['category.third_cat_id', 'third_cat_name', 'second_cat_name', 'first_cat_name'])
    .select(['application_no', 'granted_at'])
    .where('category_grant.account_id', '=', accountId)
    .where('category_grant.third_cat_id', '>', after)
    .orderBy('category_grant.third_cat_id')
    .limit(limit)
    .execute()
}

/** Brands that an account was granted, in the order of their ids. */
export async function listBrandGrants(db: Kysely<Schema>, { accountId, after, limit }: GrantPage) {
  return await db
    .selectFrom('brand_grant')
    .select(['brand_id', 'brand_wording', 'application_no', 'granted_at'])
    .where('account_id', '=', accountId)
    .where('brand_id', '>', after)
    .orderBy('brand_id')
    .limit(limit)
    .execute()
}

interface NewGrant {
  accountId: number
  /** The application that was approved. */
  applicationNo: number
  at: Date
}

const selectCategory = prepared((db, { accountId, thirdCatId }: { accountId: number; thirdCatId: number }) =>
  db
    .selectFrom('category_grant')
    .select('third_cat_id')
    .where('account_id', '=', accountId)
    .where('third_cat_id', '=', thirdCatId),
)

/** Whether the account has the category already. */
export async function isCategoryGranted(db: Kysely<Schema>, accountId: number, thirdCatId: number): Promise<boolean> {
  const [grant] = await selectCategory(db, { accountId, thirdCatId })
  return grant !== undefined
}

const insertCategoryRow = prepared((db, row: Selectable<Schema['category_grant']>) =>
  db.insertInto('category_grant').values({
    account_id: row.account_id,
    third_cat_id: row.third_cat_id,
    application_no: row.application_no,
    granted_at: row.granted_at,
  }),
)

export async function insertCategoryGrant(
  trx: Transaction<Schema>,
  { accountId, applicationNo, at, thirdCatId }: NewGrant & { thirdCatId: number },
): Promise<void> {
  await insertCategoryRow(trx, {
    account_id: accountId,
    third_cat_id: thirdCatId,
    application_no: applicationNo,
    granted_at: at.getTime(),
  })
}

const selectBrand = prepared((db, { accountId, subject }: { accountId: number; subject: string }) =>
  db.selectFrom('brand_grant').select('brand_id').where('account_id', '=', accountId).where('subject', '=', subject),
)

/** Whether the account has a brand of that subject already. */
export async function isBrandGranted(db: Kysely<Schema>, accountId: number, subject: string): Promise<boolean> {
  const [grant] = await selectBrand(db, { accountId, subject })
  return grant !== undefined
}

const insertBrandRow = prepared((db, row: Selectable<Schema['brand_grant']>) =>
  db.insertInto('brand_grant').values({
    account_id: row.account_id,
    brand_id: row.brand_id,
    brand_wording: row.brand_wording,
    subject: row.subject,
    application_no: row.application_no,
    granted_at: row.granted_at,
  }),
)

export async function insertBrandGrant(
  trx: Transaction<Schema>,
  {
    accountId,
    applicationNo,
    at,
    brandId,
    brandWording,
    subject,
  }: NewGrant & {
    brandId: number
    brandWording: string
    subject: string
  },
): Promise<void> {
  await insertBrandRow(trx, {
    account_id: accountId,
    brand_id: brandId,
    brand_wording: brandWording,
    subject,
    application_no: applicationNo,
    granted_at: at.getTime(),
  })
}

/** Take away every category and brand of an account. */
export async function deleteGrants(trx: Transaction<Schema>, accountId: number): Promise<void> {
  await trx.deleteFrom('category_grant').where('account_id', '=', accountId).execute()
  await trx.deleteFrom('brand_grant').where('account_id', '=', accountId).execute()
}
