import type { Transaction } from 'kysely'
import { preparedList } from '../db/prepared-list.ts'
import type { Schema } from '../db/schema.ts'

const saveActive = preparedList(
  (db, { accountId }: { accountId: number }, devices: { deviceId: number; activeAt: number }[]) =>
    db
      .insertInto('device')
      .values(
        devices.map(({ deviceId, activeAt }) => ({
          account_id: accountId,
          device_id: deviceId,
          comment: null,
          poi_id: null,
          poi_appid: null,
          last_active_at: activeAt,
        })),
      )
      .onConflict((conflict) =>
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
  await saveActive(
    trx,
    { accountId },
    [...devices].map(([deviceId, activeAt]) => ({ deviceId, activeAt })),
  )
}
