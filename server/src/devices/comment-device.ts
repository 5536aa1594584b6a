import type { devices, RequestOf } from '@shenpi/sdk'
import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { withChangePermit } from '../db/transaction.ts'
import { saveComment } from './device.store.ts'
import { type DeviceScope, identifyDevice } from './identify-devices.ts'

/** Give a device a remark of its own. @throws Problem `device.invalid` */
export async function commentDevice(
  db: Kysely<Schema>,
  scope: DeviceScope,
  { device_identifier, comment }: RequestOf<typeof devices.deviceUpdate>,
): Promise<void> {
  const { accountId } = scope
  const { deviceId } = await identifyDevice(db, scope, device_identifier)
  await withChangePermit(db, accountId, () => saveComment(db, { accountId, deviceId, comment }))
}
