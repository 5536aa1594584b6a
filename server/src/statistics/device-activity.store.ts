import type { Transaction } from 'kysely'
import { insertRows } from '../db/lists.ts'
import type { Schema } from '../db/schema.ts'
import { prepared } from '../db/statements.ts'

interface Active {
  account_id: number
  device_id: number
  last_active_at: number
}

const saveActive = prepared((db, { devices }: { devices: Active[] }) =>
  insertRows(db, 'device', devices, { account_id: 'bigint', device_id: 'bigint', last_active_at: 'bigint' }).onConflict(
    (conflict) =>
      conflict
        .columns(['account_id', 'device_id'])
        .doUpdateSet(({ ref }) => ({ last_active_at: ref('excluded.last_active_at') }))
        .where(({ eb, or, ref }) =>
          or([
            eb('device.last_active_at', 'is', null),
            eb('device.last_active_at', '<', ref('excluded.last_active_at')),
          ]),
        ),
  ),
)

/** When devices were shaken last, where that is later than what is known. */
export async function saveActiveDevices(
  trx: Transaction<Schema>,
  accountId: number,
  devices: ReadonlyMap<number, number>,
): Promise<void> {
  if (devices.size === 0) return
  await saveActive(trx, {
    devices: [...devices].map(([device_id, last_active_at]) => ({ account_id: accountId, device_id, last_active_at })),
  })
}
