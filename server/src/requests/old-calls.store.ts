import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'

/** What of an account's calls is past its time. */
export interface OldCalls {
  accountId: number
  /** Requests from before `before`. */
  hasRecords: boolean
  /** Counts of days before `firstDay`. */
  hasUsage: boolean
}

/** The accounts after `afterId`, those without old calls too. */
export async function listOldCalls(
  db: Kysely<Schema>,
  { afterId, limit, before, firstDay }: { afterId: number; limit: number; before: Date; firstDay: number },
): Promise<OldCalls[]> {
  const rows = await db
    .selectFrom('account')
    .select(({ exists, selectFrom }) => [
      'account_id',
      exists(
        selectFrom('request_record')
          .select('rid')
          .whereRef('request_record.account_id', '=', 'account.account_id')
          .where('at', '<', before.getTime()),
      ).as('has_records'),
      exists(
        selectFrom('api_usage')
          .select('path')
          .whereRef('api_usage.account_id', '=', 'account.account_id')
          .where('day', '<', firstDay),
      ).as('has_usage'),
    ])
    .where('account_id', '>', afterId)
    .orderBy('account_id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    accountId: row.account_id,
    hasRecords: Boolean(row.has_records),
    hasUsage: Boolean(row.has_usage),
  }))
}
