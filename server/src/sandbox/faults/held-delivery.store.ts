import type { Kysely } from 'kysely'
import type { Schema } from '../../db/schema.ts'

/** Let a delivery be due that waits for its time. @returns whether it does now: not while a worker has it */
export async function bringForward(
  db: Kysely<Schema>,
  { accountId, deliveryNo, dueAt }: { accountId: number; deliveryNo: number; dueAt: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('callback_delivery')
    .set({ due_at: dueAt })
    .where('account_id', '=', accountId)
    .where('delivery_no', '=', deliveryNo)
    .where('state', '=', 'pending')
    .where('due_at', '>', dueAt)
    .where('leased_until', '=', 0)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}
