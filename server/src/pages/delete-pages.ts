import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { lockAccount } from '../journal/change-account.ts'
import { Problem } from '../problem.ts'
import { deletePageRows, getPages, isPageBound } from './page.store.ts'

/**
 * Delete pages that no device has: all of them, or none.
 *
 * @throws Problem `page.invalid` when one is not the account's, `page.in_use` when a device has one.
 */
export async function deletePages(db: Kysely<Schema>, accountId: number, pageIds: readonly number[]): Promise<void> {
  if (pageIds.length === 0) throw new Problem('page.invalid')
  await lockAccount(db, accountId, async (trx) => {
    // Nobody binds a page until this is done.
    await getPages(trx, accountId, pageIds)
    if (await isPageBound(trx, accountId, pageIds)) throw new Problem('page.in_use')
    await deletePageRows(trx, accountId, pageIds)
  })
}
