import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'

/** A third-level category with its parents, named as the wire names them. */
export type Category = Omit<Selectable<Schema['category']>, 'scene_group_list'> & { scene_group_list: number[] }

type Row = Selectable<Schema['category']>

const toCategory = (row: Row): Category => ({ ...row, scene_group_list: JSON.parse(row.scene_group_list) })

/** All of them: the wire asks for the tree in one answer. */
export async function listCategories(db: Kysely<Schema>): Promise<Category[]> {
  const rows = await db.selectFrom('category').selectAll().orderBy('third_cat_id').execute()
  return rows.map(toCategory)
}

/** Where a category stands in the tree, and whether it is reviewed. */
export type CategoryRule = Pick<Category, 'first_cat_id' | 'second_cat_id' | 'qualification_type'>

const selectRule = prepared((db, { thirdCatId }: { thirdCatId: number }) =>
  db
    .selectFrom('category')
    .select(['first_cat_id', 'second_cat_id', 'qualification_type'])
    .where('third_cat_id', '=', thirdCatId),
)

export async function findCategoryRule(db: Kysely<Schema>, thirdCatId: number): Promise<CategoryRule | undefined> {
  const [row] = await selectRule(db, { thirdCatId })
  return row
}

/** What a category is called, with its parents above it; undefined where no import has told. */
export async function findCategoryName(db: Kysely<Schema>, thirdCatId: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('category')
    .select(['first_cat_name', 'second_cat_name', 'third_cat_name'])
    .where('third_cat_id', '=', thirdCatId)
    .executeTakeFirst()
  return row && [row.first_cat_name, row.second_cat_name, row.third_cat_name].filter(Boolean).join(' / ')
}

/** Whether an id names a category of the first or second level. */
export async function isUpperLevel(db: Kysely<Schema>, categoryId: number): Promise<boolean> {
  const row = await db
    .selectFrom('category')
    .select('third_cat_id')
    .where(({ eb, or }) => or([eb('second_cat_id', '=', categoryId), eb('first_cat_id', '=', categoryId)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Rows that one statement writes: SQLite and PostgreSQL both bound a statement's parameters. */
const CHUNK = 500

/** Add categories and renew those that are there. Of several with one id the last one stands. */
export async function saveCategories(trx: Transaction<Schema>, categories: readonly Category[]): Promise<void> {
  // PostgreSQL refuses a statement that would write one row twice.
  const byId = new Map(categories.map((category) => [category.third_cat_id, category]))
  const rows = [...byId.values()].map((category) => ({
    ...category,
    scene_group_list: JSON.stringify(category.scene_group_list),
  }))
  for (let start = 0; start < rows.length; start += CHUNK) {
    await trx
      .insertInto('category')
      .values(rows.slice(start, start + CHUNK))
      .onConflict((conflict) =>
        conflict.column('third_cat_id').doUpdateSet(({ ref }) => ({
          third_cat_name: ref('excluded.third_cat_name'),
          second_cat_id: ref('excluded.second_cat_id'),
          second_cat_name: ref('excluded.second_cat_name'),
          first_cat_id: ref('excluded.first_cat_id'),
          first_cat_name: ref('excluded.first_cat_name'),
          qualification: ref('excluded.qualification'),
          qualification_type: ref('excluded.qualification_type'),
          product_qualification: ref('excluded.product_qualification'),
          product_qualification_type: ref('excluded.product_qualification_type'),
          scene_group_list: ref('excluded.scene_group_list'),
        })),
      )
      .execute()
  }
}

export async function deleteCategories(trx: Transaction<Schema>, ids: readonly number[]): Promise<void> {
  for (let start = 0; start < ids.length; start += CHUNK) {
    await trx
      .deleteFrom('category')
      .where('third_cat_id', 'in', ids.slice(start, start + CHUNK))
      .execute()
  }
}
