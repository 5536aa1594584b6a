import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Kysely } from 'kysely'
import { DATABASES } from '../../test/databases.ts'
import { insertAccounts } from '../../test/insert-accounts.ts'
import { giveDevices } from '../../test/shake-fixtures.ts'
import { migrate } from '../db/migrate.ts'
import type { Schema } from '../db/schema.ts'
import { findRangeOfDevice } from './device-range.store.ts'

const ownersOf = async (db: Kysely<Schema>, deviceIds: readonly number[]) =>
  await Promise.all(deviceIds.map(async (deviceId) => (await findRangeOfDevice(db, deviceId))?.accountId))

const handOut = (db: Kysely<Schema>, next_device_id: number) =>
  db.updateTable('device_ledger').set({ next_device_id }).execute()

for (const kind of DATABASES) {
  describe(`the owner of a device on ${kind.name}`, () => {
    test('follows from the ends of the batches', async () => {
      await using opened = await kind.open()
      const { db } = opened
      await insertAccounts(db, [1, 2])
      await giveDevices(db, 1, { count: 10, firstDeviceId: 1 })
      await giveDevices(db, 2, { count: 1, firstDeviceId: 11, poiId: 7 })
      await handOut(db, 12)
      assert.deepEqual(await ownersOf(db, [1, 10, 11, 12, 0]), [1, 1, 2, undefined, undefined])
      assert.deepEqual(await findRangeOfDevice(db, 11), {
        accountId: 2,
        firstDeviceId: 11,
        lastDeviceId: 11,
        applicationNo: 9001,
        poiId: 7,
      })
    })

    test('is told of batches of an older release, and of those that an older server writes meanwhile', async () => {
      await using opened = await kind.open('0013-queues-by-account')
      const { db } = opened
      await insertAccounts(db, [1, 2])
      const withoutRange = async (accountId: number, firstDeviceId: number) =>
        await giveDevices(db, accountId, { count: 10, firstDeviceId, told: false })
      await withoutRange(1, 1)
      await migrate(db)
      // Between the batches that newer servers write, and behind them.
      await withoutRange(2, 11)
      await giveDevices(db, 1, { count: 10, firstDeviceId: 21 })
      await withoutRange(2, 31)
      await handOut(db, 41)
      assert.deepEqual(await ownersOf(db, [5, 15, 25, 35, 41]), [1, 2, 1, 2, undefined])
      const ranges = await db.selectFrom('device_range').selectAll().orderBy('last_device_id').execute()
      assert.deepEqual(
        ranges.map((range) => [range.last_device_id, range.account_id]),
        [
          [10, 1],
          [20, 2],
          [30, 1],
          [40, 2],
        ],
      )
    })
  })
}
