import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { DATABASES } from '../../../test/databases.ts'
import { Caches } from '../../caches.ts'
import { allocateBatch } from '../../device-batches/device-batch.store.ts'
import { LiveBeaconScheme } from '../../device-batches/live-beacon-scheme.ts'
import { searchDevices } from '../../devices/search-devices.ts'
import { migrate } from '../migrate.ts'
import { transaction } from '../transaction.ts'

for (const kind of DATABASES) {
  describe(`ending zeros in beacons of an older release, on ${kind.name}`, () => {
    test('keeps the beacons of existing devices, and gives new devices other ones', async () => {
      await using opened = await kind.open('0011-shares-of-queues')
      const { db } = opened
      const accountId = 1
      await sql`insert into account (account_id, appid, original_id, name, secret_hash, scene_groups, created_at)
        values (1, 'wx1', 'gh', 'Acme', '', '[1]', 0)`.execute(db)
      for (const no of [1, 2]) {
        await sql`insert into application (account_id, application_no, kind, subject, state, payload, version, applied_at,
          due_at, reason) values (1, ${no}, 'device_batch', 'device_batch', 'approved', '{}', 1, 0, 0, '')`.execute(db)
      }
      await sql`insert into device_quota (account_id, ceiling, allocated) values (1, 200000, 70000)`.execute(db)
      await sql`insert into device_batch (account_id, last_device_id, first_device_id, application_no, account_offset,
        comment, poi_id, allocated_at) values (1, 70000, 1, 1, 0, '', 0, 0)`.execute(db)
      await sql`update device_ledger set next_device_id = 70001`.execute(db)

      await migrate(db)
      const batch = { accountId, applicationNo: 2, quantity: 70_000, comment: '', poiId: 0, at: new Date(0) }
      await transaction(db, (trx) => allocateBatch(trx, batch))
      const beaconScheme = await LiveBeaconScheme.read(db, new Caches())
      const search = async (request: object) =>
        (await searchDevices(db, { accountId, beaconScheme }, request)).devices.map(({ deviceId, major, minor }) => {
          return [deviceId, major, minor]
        })
      const devices = [
        [1, 0, 1],
        [65_535, 0, 65_535],
        [65_536, 1, 0],
        [70_000, 1, 4464],
        [70_001, 2, 1],
        [135_535, 2, 65_535],
        [135_536, 3, 1],
        [140_000, 3, 4465],
      ]
      assert.deepEqual(await search({ device_identifiers: devices.map(([device_id]) => ({ device_id })) }), devices)
      const uuid = beaconScheme.uuids[0]
      assert.deepEqual(
        await search({ device_identifiers: devices.map(([, major, minor]) => ({ uuid, major, minor })) }),
        devices,
      )
      assert.deepEqual(await search({ last_seen: 69_999, count: 2 }), devices.slice(3, 5))
    })
  })
}
