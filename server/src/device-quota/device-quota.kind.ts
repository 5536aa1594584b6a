import { DEVICE_CEILING_MAX } from '@shenpi/sdk/contract/device-ceiling'
import { Type } from '@shenpi/sdk/contract/schema'
import { defineKind } from '../applications/application-kind.ts'
import { Problem } from '../problem.ts'
import { getQuota, raiseCeiling } from './device-quota.store.ts'

const DeviceQuotaPayload = Type.Object({
  /** The rise of the ceiling, in device IDs. */
  quantity: Type.Integer(),
  purpose: Type.String(),
})

export const DEVICE_QUOTA_SUBJECT = 'device_quota'

/** More device IDs than the ceiling allows: told with their purpose, decided by the staff. */
export const deviceQuotaKind = defineKind({
  name: 'device_quota',
  payload: DeviceQuotaPayload,
  subject: () => DEVICE_QUOTA_SUBJECT,
  open: 'device_quota.under_review',
  async admit({ trx, accountId }, { payload }) {
    const { ceiling } = await getQuota(trx, accountId)
    if (ceiling + payload.quantity > DEVICE_CEILING_MAX) throw new Problem('device_quota.ceiling_too_high')
  },
  screen: () => 'review',
  approve: ({ trx, accountId }, { payload }) => raiseCeiling(trx, accountId, payload.quantity),
  summarize: ({ quantity, purpose }, language) =>
    language === 'zh' ? `增加 ${quantity} 个设备 ID：${purpose}` : `${quantity} more device IDs: ${purpose}`,
})
