import type { AccountCache } from '../accounts/account-cache.ts'
import type { Database } from '../db/open.ts'
import { withChangePermit } from '../db/transaction.ts'
import { requireOwnIcon } from './own-icon.ts'
import { savePage } from './page.store.ts'
import type { Page } from './page.ts'

/**
 * Change a page.
 *
 * @param page an absent comment stays as it is
 * @throws Problem `page.invalid`; `page.parameters_invalid` when its icon is not the account's.
 */
export async function updatePage(
  { db, bindings }: { db: Database; bindings: AccountCache },
  accountId: number,
  page: Omit<Page, 'comment'> & { comment: string | undefined },
): Promise<void> {
  await requireOwnIcon(db, accountId, page.iconUrl)
  await withChangePermit(db, accountId, () => savePage(db, accountId, page))
  bindings.forget(accountId)
}
