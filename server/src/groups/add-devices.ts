import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { accountTransaction } from '../db/transaction.ts'
import { type DeviceIdentifier, type DeviceScope, identifyDevices } from '../devices/identify-devices.ts'
import { lockGroup } from './group.store.ts'
import { insertMembers } from './group-member.store.ts'

/**
 * Add devices to a group: all of them, or none.
 *
 * @throws Problem `device.invalid`, `group.unknown`, `group.full`
 */
export async function addDevices(
  db: Kysely<Schema>,
  scope: DeviceScope,
  groupId: number,
  identifiers: readonly DeviceIdentifier[],
): Promise<void> {
  const devices = await identifyDevices(db, scope, identifiers)
  const key = { accountId: scope.accountId, groupId }
  await accountTransaction(db, scope.accountId, async (trx) => {
    await lockGroup(trx, key)
    await insertMembers(
      trx,
      key,
      devices.map(({ deviceId }) => deviceId),
    )
  })
}
