import { DEVICE_CEILING_MAX } from '@shenpi/sdk/contract/api'
import type { Transaction } from 'kysely'
import type { ApplicationKind } from '../applications/application-kind.ts'
import type { Schema } from '../db/schema.ts'
import { Problem } from '../problem.ts'
import { getQuota } from './device-quota.store.ts'

export interface DeviceQuotaPayload {
  /** The rise of the ceiling, in device IDs. */
  quantity: number
  purpose: string
}

export const DEVICE_QUOTA_SUBJECT = 'device_quota'

/** More device IDs than the ceiling allows: told with their purpose, decided by the staff. */
export const deviceQuotaKind: ApplicationKind<DeviceQuotaPayload> = {
  name: 'device_quota',
  subject: () => DEVICE_QUOTA_SUBJECT,
  open: 'device_quota.under_review',
  async admit(trx, { accountId, payload }) {
    const { ceiling } = await getQuota(trx, accountId)
    if (ceiling + payload.quantity > DEVICE_CEILING_MAX) throw new Problem('device_quota.ceiling_too_high')
  },
  screen: () => 'review',
  async approve(trx, { accountId, payload }) {
    await raiseCeiling(trx, accountId, (payload as DeviceQuotaPayload).quantity)
  },
  summarize: ({ quantity, purpose }) => `${quantity} more device IDs: ${purpose}`,
}

/** @throws Problem `device_quota.ceiling_too_high` */
async function raiseCeiling(trx: Transaction<Schema>, accountId: number, quantity: number): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('device_quota')
    .set(({ eb }) => ({ ceiling: eb('ceiling', '+', quantity) }))
    .where('account_id', '=', accountId)
    .where('ceiling', '<=', DEVICE_CEILING_MAX - quantity)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw new Problem('device_quota.ceiling_too_high')
}
