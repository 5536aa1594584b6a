import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { accountTransaction } from '../db/transaction.ts'
import { type DeviceIdentifier, type DeviceScope, identifyDevices } from '../devices/identify-devices.ts'
import { lockGroup } from './group.store.ts'
import { deleteMembers } from './group-member.store.ts'

/**
 * Remove devices from a group: all of them, or none.
 *
 * @throws Problem `device.invalid`, `group.unknown`; `group.device_unknown` when one is not in it.
 */
export async function removeDevices(
  db: Kysely<Schema>,
  scope: DeviceScope,
  groupId: number,
  identifiers: readonly DeviceIdentifier[],
): Promise<void> {
  const devices = await identifyDevices(db, scope, identifiers)
  const key = { accountId: scope.accountId, groupId }
  await accountTransaction(db, scope.accountId, async (trx) => {
    await lockGroup(trx, key)
    await deleteMembers(
      trx,
      key,
      devices.map(({ deviceId }) => deviceId),
    )
  })
}
