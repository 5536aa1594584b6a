import type { Kysely } from 'kysely'
import { toApplication } from '../applications/application.store.ts'
import type { Application } from '../applications/application.ts'
import type { Schema } from '../db/schema.ts'

/** The applications about the same before one, the newest first. @param limit how many at the most */
export async function listEarlier(
  db: Kysely<Schema>,
  { accountId, kind, subject, applicationNo }: Application,
  limit: number,
): Promise<Application[]> {
  const rows = await db
    .selectFrom('application')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('application_no', '<', applicationNo)
    .orderBy('application_no', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toApplication)
}

/** The number of an application among those about the same: 1 is the first. */
export async function countTries(
  db: Kysely<Schema>,
  { accountId, kind, subject, applicationNo }: Application,
): Promise<number> {
  const { count } = await db
    .selectFrom('application')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('application_no', '<=', applicationNo)
    .executeTakeFirstOrThrow()
  return count
}
