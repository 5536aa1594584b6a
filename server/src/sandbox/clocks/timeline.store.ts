import type { Kysely } from 'kysely'
import type { Schema } from '../../db/schema.ts'

/** A try to deliver a callback. */
export interface TriedCallback {
  at: Date
  deliveryNo: number
  attemptNo: number
  event: string
  applicationNo: number
  status: number | null
  outcome: string
  injectedBy: string | null
}

/** The tries to deliver an account's callbacks since a time, in their order. */
export async function listTriedSince(
  db: Kysely<Schema>,
  { accountId, since, limit }: { accountId: number; since: Date; limit: number },
): Promise<TriedCallback[]> {
  const rows = await db
    .selectFrom('delivery_attempt as attempt')
    .innerJoin('callback_delivery as delivery', (join) =>
      join
        .onRef('delivery.account_id', '=', 'attempt.account_id')
        .onRef('delivery.delivery_no', '=', 'attempt.delivery_no'),
    )
    .select([
      'attempt.at',
      'attempt.delivery_no',
      'attempt.attempt_no',
      'attempt.status',
      'attempt.outcome',
      'attempt.injected_by',
    ])
    .select(['delivery.event', 'delivery.application_no'])
    .where('attempt.account_id', '=', accountId)
    .where('attempt.at', '>=', since.getTime())
    .orderBy('attempt.at')
    .orderBy('attempt.delivery_no')
    .orderBy('attempt.attempt_no')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    at: new Date(row.at),
    deliveryNo: row.delivery_no,
    attemptNo: row.attempt_no,
    event: row.event,
    applicationNo: row.application_no,
    status: row.status,
    outcome: row.outcome,
    injectedBy: row.injected_by,
  }))
}

/** When tokens of an account end behind `from`, up to `to`. */
export async function listTokenEnds(
  db: Kysely<Schema>,
  { accountId, from, to, limit }: { accountId: number; from: Date; to: Date; limit: number },
): Promise<Date[]> {
  const rows = await db
    .selectFrom('access_token')
    .select('expires_at')
    .where('account_id', '=', accountId)
    .where('expires_at', '>', from.getTime())
    .where('expires_at', '<=', to.getTime())
    .orderBy('expires_at')
    .limit(limit)
    .execute()
  return rows.map(({ expires_at }) => new Date(expires_at))
}

/** Applications of an account that became overdue behind `from`, up to `to`. */
export async function listOverdue(
  db: Kysely<Schema>,
  { accountId, from, to, limit }: { accountId: number; from: Date; to: Date; limit: number },
): Promise<{ applicationNo: number; at: Date }[]> {
  const rows = await db
    .selectFrom('application')
    .select(['application_no', 'due_at'])
    .where('account_id', '=', accountId)
    .where('state', '=', 'under_review')
    .where('due_at', '>=', from.getTime())
    .where('due_at', '<', to.getTime())
    .orderBy('due_at')
    .orderBy('application_no')
    .limit(limit)
    .execute()
  return rows.map(({ application_no, due_at }) => ({ applicationNo: application_no, at: new Date(due_at) }))
}
