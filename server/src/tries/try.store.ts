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
