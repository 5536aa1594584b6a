import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'

export interface DeviceQuota {
  ceiling: number
  allocated: number
}

export async function getQuota(db: Kysely<Schema>, accountId: number): Promise<DeviceQuota> {
  return await db
    .selectFrom('device_quota')
    .select(['ceiling', 'allocated'])
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
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
