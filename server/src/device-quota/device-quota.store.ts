import { DEVICE_CEILING_MAX } from '@shenpi/sdk/contract/device-ceiling'
import type { Kysely, Transaction } from 'kysely'
import { isIn } from '../db/lists.ts'
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

const updateCeiling = prepared(
  (db, { accountId, quantity, atMost }: { accountId: number; quantity: number; atMost: number }) =>
    db
      .updateTable('device_quota')
      .set(({ eb }) => ({ ceiling: eb('ceiling', '+', quantity) }))
      .where('account_id', '=', accountId)
      .where('ceiling', '<=', atMost)
      .returning('ceiling'),
)

/** @throws Problem `device_quota.ceiling_too_high` */
export async function raiseCeiling(trx: Transaction<Schema>, accountId: number, quantity: number): Promise<void> {
  const [raised] = await updateCeiling(trx, { accountId, quantity, atMost: DEVICE_CEILING_MAX - quantity })
  if (!raised) throw new Problem('device_quota.ceiling_too_high')
}

const selectQuotas = prepared((db, { accountIds }: { accountIds: readonly number[] }) =>
  db
    .selectFrom('device_quota')
    .select(['account_id', 'ceiling', 'allocated'])
    .where(isIn(db, 'account_id', accountIds)),
)

/** The quotas of accounts, by account. */
export async function listQuotas(db: Kysely<Schema>, accountIds: readonly number[]): Promise<Map<number, DeviceQuota>> {
  const rows = await selectQuotas(db, { accountIds })
  return new Map(rows.map(({ account_id, ceiling, allocated }) => [account_id, { ceiling, allocated }]))
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
