import { DEVICE_CEILING_MAX } from '@shenpi/sdk/contract/api'
import type { Kysely, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'
import { Problem } from '../problem.ts'

export interface DeviceQuota {
  ceiling: number
  allocated: number
}

const selectQuota = prepared((db, { accountId }: { accountId: number }) =>
  db.selectFrom('device_quota').select(['ceiling', 'allocated']).where('account_id', '=', accountId),
)

export async function getQuota(db: Kysely<Schema>, accountId: number): Promise<DeviceQuota> {
  const [quota] = await selectQuota(db, { accountId })
  if (!quota) throw new Error(`account ${accountId} has no device quota`)
  return quota
}

/** @throws Problem `device_quota.ceiling_too_high` */
export async function raiseCeiling(trx: Transaction<Schema>, accountId: number, quantity: number): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('device_quota')
    .set(({ eb }) => ({ ceiling: eb('ceiling', '+', quantity) }))
    .where('account_id', '=', accountId)
    .where('ceiling', '<=', DEVICE_CEILING_MAX - quantity)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw new Problem('device_quota.ceiling_too_high')
}

/** How many devices of an account have ever been shaken. */
export async function countActiveDevices(db: Kysely<Schema>, accountId: number): Promise<number> {
  const { active } = await db
    .selectFrom('device')
    .select(({ fn }) => fn.countAll<number>().as('active'))
    .where('account_id', '=', accountId)
    .where('last_active_at', 'is not', null)
    .executeTakeFirstOrThrow()
  return active
}
