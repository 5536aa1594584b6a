import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'

const selectAccounts = prepared((db, { afterId, limit }: { afterId: number; limit: number }) =>
  db.selectFrom('account').select('account_id').where('account_id', '>', afterId).orderBy('account_id').limit(limit),
)

/** The accounts after `afterId`, in their order. */
export async function listAccountsAfter(
  db: Kysely<Schema>,
  page: { afterId: number; limit: number },
): Promise<number[]> {
  return (await selectAccounts(db, page)).map((row) => row.account_id)
}
