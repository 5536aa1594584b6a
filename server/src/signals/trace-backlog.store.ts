import type { Kysely, Selectable } from 'kysely'
import { toApplication } from '../applications/application.store.ts'
import type { Application } from '../applications/application.ts'
import type { Schema } from '../db/schema.ts'

/** Applications of an account, from `firstNo` to `nextNo`, whose traces are still to be laid. */
export interface Backlog {
  accountId: number
  firstNo: number
  nextNo: number
}

const toBacklog = (row: Selectable<Schema['trace_backlog']>): Backlog => ({
  accountId: row.account_id,
  firstNo: row.first_no,
  nextNo: row.next_no,
})

/** Some of all accounts, behind one. */
export async function listBacklog(db: Kysely<Schema>, afterId: number, limit: number): Promise<Backlog[]> {
  const rows = await db
    .selectFrom('trace_backlog')
    .selectAll()
    .where('account_id', '>', afterId)
    .orderBy('account_id')
    .orderBy('first_no')
    .limit(limit)
    .execute()
  return rows.map(toBacklog)
}

/** The latest applications of a backlog. */
export async function listUntraced(
  db: Kysely<Schema>,
  { accountId, firstNo, nextNo }: Backlog,
  limit: number,
): Promise<Application[]> {
  const rows = await db
    .selectFrom('application')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('application_no', '>=', firstNo)
    .where('application_no', '<=', nextNo)
    .orderBy('application_no', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toApplication)
}

/** Those up to `nextNo` are left; none where that is before the first. */
export async function shortenBacklog(
  db: Kysely<Schema>,
  { accountId, firstNo }: Backlog,
  nextNo: number,
): Promise<void> {
  if (nextNo < firstNo) {
    await db.deleteFrom('trace_backlog').where('account_id', '=', accountId).where('first_no', '=', firstNo).execute()
    return
  }
  await db
    .updateTable('trace_backlog')
    .set({ next_no: nextNo })
    .where('account_id', '=', accountId)
    .where('first_no', '=', firstNo)
    .where('next_no', '>', nextNo)
    .execute()
}
