import type { Database } from './open.ts'

/** Ask the database for something small. @throws the driver's error when there is no database that answers */
export async function ping(db: Database): Promise<void> {
  await db.selectFrom('account').select('account_id').limit(1).execute()
}
