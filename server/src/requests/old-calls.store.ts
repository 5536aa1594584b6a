import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'

const selectOldRecord = prepared((db, { accountId, before }: { accountId: number; before: number }) =>
  db.selectFrom('request_record').select('at').where('account_id', '=', accountId).where('at', '<', before).limit(1),
)

/** Whether an account has requests from before `before`. */
export async function hasRecordsBefore(db: Kysely<Schema>, accountId: number, before: Date): Promise<boolean> {
  return (await selectOldRecord(db, { accountId, before: before.getTime() })).length > 0
}

const selectOldUsage = prepared((db, { accountId, firstDay }: { accountId: number; firstDay: number }) =>
  db.selectFrom('api_usage').select('day').where('account_id', '=', accountId).where('day', '<', firstDay).limit(1),
)

/** Whether an account has counts of days before `firstDay`. */
export async function hasUsageBefore(db: Kysely<Schema>, accountId: number, firstDay: number): Promise<boolean> {
  return (await selectOldUsage(db, { accountId, firstDay })).length > 0
}
