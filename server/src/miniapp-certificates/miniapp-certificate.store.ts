import type { MiniappBrand, MiniappCategory } from '@shenpi/sdk/contract/wire/miniapp-certificates'
import type { Static } from '@sinclair/typebox'
import type { Kysely, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'

/** The documents that a mini program was registered with, in the wire's words. */
export interface MiniappCertificates {
  category_info_list: Static<typeof MiniappCategory>[]
  brand_info: Static<typeof MiniappBrand> | null
}

/** Undefined where nothing was ever recorded. */
export async function findMiniappCertificates(
  db: Kysely<Schema>,
  accountId: number,
): Promise<MiniappCertificates | undefined> {
  const row = await db
    .selectFrom('miniapp_certificate')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    category_info_list: JSON.parse(row.category_info_list),
    brand_info: row.brand_info === null ? null : JSON.parse(row.brand_info),
  }
}

export async function saveMiniappCertificates(
  trx: Transaction<Schema>,
  accountId: number,
  { category_info_list, brand_info }: MiniappCertificates,
): Promise<void> {
  const columns = {
    category_info_list: JSON.stringify(category_info_list),
    brand_info: brand_info && JSON.stringify(brand_info),
  }
  await trx
    .insertInto('miniapp_certificate')
    .values({ account_id: accountId, ...columns })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(columns))
    .execute()
}
