import { type pages, type RequestOf, SEARCH_MAX } from '@shenpi/sdk/contract/wire'
import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { missingFields } from '../problem.ts'
import { countPages, getPages, listPages } from './page.store.ts'
import type { Page } from './page.ts'

/**
 * List pages, in the order of their IDs: those named, or all.
 * Source: docs/protocol/shakearound.md, page/search.
 *
 * @throws Problem `page.invalid` when a page named is not the account's: then none is shown.
 */
export async function searchPages(
  db: Kysely<Schema>,
  accountId: number,
  search: RequestOf<typeof pages.pageSearch>,
): Promise<{ pages: Page[]; total: number }> {
  return { pages: await findPages(db, accountId, search), total: await countPages(db, accountId) }
}

async function findPages(
  db: Kysely<Schema>,
  accountId: number,
  { page_ids: pageIds, type = pageIds ? 1 : 2, begin = 0, count = SEARCH_MAX }: RequestOf<typeof pages.pageSearch>,
): Promise<Page[]> {
  if (type === 2) return await listPages(db, accountId, { begin, count })
  if (!pageIds) throw missingFields('shake.request_invalid', ['page_ids'])
  return await getPages(db, accountId, pageIds)
}
