import type { Kysely, Selectable, Transaction } from 'kysely'
import { isIn } from '../db/lists.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { Problem } from '../problem.ts'
import type { Page } from './page.ts'

const COLUMNS = ['page_id', 'title', 'description', 'page_url', 'icon_url', 'comment'] as const

const toPage = (row: Pick<Selectable<Schema['page']>, (typeof COLUMNS)[number]>): Page => ({
  pageId: row.page_id,
  title: row.title,
  description: row.description,
  pageUrl: row.page_url,
  iconUrl: row.icon_url,
  comment: row.comment,
})

export async function insertPage(trx: Transaction<Schema>, accountId: number, page: Page, at: Date): Promise<void> {
  await trx
    .insertInto('page')
    .values({
      account_id: accountId,
      page_id: page.pageId,
      title: page.title,
      description: page.description,
      page_url: page.pageUrl,
      icon_url: page.iconUrl,
      comment: page.comment,
      lottery_no: page.lotteryNo ?? null,
      created_at: at.getTime(),
    })
    .execute()
}

/** @param page an absent comment stays as it is @throws Problem `page.invalid` when it is not one of the account's. */
export async function savePage(
  db: Kysely<Schema>,
  accountId: number,
  page: Omit<Page, 'comment'> & { comment: string | undefined },
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('page')
    .set({
      title: page.title,
      description: page.description,
      page_url: page.pageUrl,
      icon_url: page.iconUrl,
      ...(page.comment !== undefined && { comment: page.comment }),
    })
    .where('account_id', '=', accountId)
    .where('page_id', '=', page.pageId)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw new Problem('page.invalid')
}

const selectNamed = prepared((db, { accountId, pageIds }: { accountId: number; pageIds: readonly number[] }) =>
  db
    .selectFrom('page')
    .select(COLUMNS)
    .where('account_id', '=', accountId)
    .where(isIn(db, 'page_id', pageIds))
    .orderBy('page_id'),
)

/**
 * The pages, in the order of their IDs, each once.
 *
 * @throws Problem `page.invalid` when one of them is not the account's.
 */
export async function getPages(db: Kysely<Schema>, accountId: number, pageIds: readonly number[]): Promise<Page[]> {
  if (pageIds.length === 0) return []
  const rows = await selectNamed(db, { accountId, pageIds })
  if (rows.length !== new Set(pageIds).size) throw new Problem('page.invalid')
  return rows.map(toPage)
}

const selectPart = prepared((db, { accountId, begin, count }: { accountId: number; begin: number; count: number }) =>
  db
    .selectFrom('page')
    .select(COLUMNS)
    .where('account_id', '=', accountId)
    .orderBy('page_id')
    .offset(begin)
    .limit(count),
)

/** The account's pages from number `begin` (0 the first) on, in the order of their IDs. */
export async function listPages(
  db: Kysely<Schema>,
  accountId: number,
  { begin, count }: { begin: number; count: number },
): Promise<Page[]> {
  return (await selectPart(db, { accountId, begin, count })).map(toPage)
}

const selectTotal = prepared((db, { accountId }: { accountId: number }) =>
  db
    .selectFrom('page')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('account_id', '=', accountId),
)

export async function countPages(db: Kysely<Schema>, accountId: number): Promise<number> {
  const [counted] = await selectTotal(db, { accountId })
  return counted?.total ?? 0
}

/** Whether a device has one of the pages. */
export async function isPageBound(db: Kysely<Schema>, accountId: number, pageIds: readonly number[]): Promise<boolean> {
  const row = await db
    .selectFrom('device_page')
    .select('device_id')
    .where('account_id', '=', accountId)
    .where(isIn(db, 'page_id', pageIds))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export async function deletePageRows(
  trx: Transaction<Schema>,
  accountId: number,
  pageIds: readonly number[],
): Promise<void> {
  await trx
    .deleteFrom('page')
    .where('account_id', '=', accountId)
    .where(isIn(trx, 'page_id', pageIds))
    .execute()
}
