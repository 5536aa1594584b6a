import type { Database } from '../db/open.ts'
import { changeAccount } from '../journal/change-account.ts'
import type { Clock } from '../time/clock.ts'
import { requireOwnIcon } from './own-icon.ts'
import { insertPage } from './page.store.ts'
import type { Page } from './page.ts'

/** Create a page. @returns its ID @throws Problem `page.parameters_invalid` when its icon is not the account's. */
export async function addPage(
  { db, clock }: { db: Database; clock: Clock },
  accountId: number,
  page: Omit<Page, 'pageId'>,
): Promise<number> {
  await requireOwnIcon(db, accountId, page.iconUrl)
  return await changeAccount(db, accountId, async (account) => {
    const pageId = await account.number('page')
    await insertPage(account.trx, accountId, { pageId, ...page }, clock.now(accountId))
    return pageId
  })
}
