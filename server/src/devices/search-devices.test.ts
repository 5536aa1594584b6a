import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DATABASES } from '../../test/databases.ts'
import { aBatchOf, aCategoryOf } from '../../test/factories.ts'
import { type OpenReview, openReview } from '../../test/open-review.ts'
import { problem } from '../../test/problem.ts'
import { decideApplication } from '../applications/decide-application.ts'
import { submitApplication } from '../applications/submit-application.ts'
import { Caches } from '../caches.ts'
import { deviceIdOf } from '../device-batches/beacon.ts'
import { readBeaconScheme } from '../device-batches/device-batch.store.ts'
import { LiveBeaconScheme } from '../device-batches/live-beacon-scheme.ts'
import { insertStore } from '../stores/store.store.ts'
import { searchDevices } from './search-devices.ts'

/** An account with batches of these sizes, all approved. */
async function accountWith(opened: OpenReview, ...quantities: number[]): Promise<number> {
  const accountId = await opened.newAccount({ ceiling: 100_000 })
  for (const quantity of quantities) await grant(opened, accountId, quantity)
  return accountId
}

async function grant({ review }: OpenReview, accountId: number, quantity: number) {
  const application = await submitApplication(review, aBatchOf(accountId, quantity))
  if (application.state === 'approved') return application
  return await decideApplication(review, application, { move: 'approve', reason: '', actor: 'staff:li' })
}

async function search({ db }: OpenReview, accountId: number, request: Parameters<typeof searchDevices>[2]) {
  const { devices, total } = await searchDevices(
    db,
    { accountId, beaconScheme: await LiveBeaconScheme.read(db, new Caches()) },
    request,
  )
  return { ids: devices.map(({ deviceId }) => deviceId), total, devices }
}

/** Devices that one UUID tells apart: 65,535 majors with as many minors. */
const DEVICES_PER_UUID = 0xffff ** 2

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index)

for (const kind of DATABASES) {
  describe(`device batches on ${kind.name}`, () => {
    test('are one row, be it for 10,000 devices', async () => {
      await using opened = await openReview(kind)
      const accountId = await accountWith(opened, 10_000)
      const rows = await opened.db.selectFrom('device_batch').selectAll().execute()
      assert.equal(rows.length, 1)
      assert.deepEqual([rows[0]?.first_device_id, rows[0]?.last_device_id], [1, 10_000])
      const { ids, total } = await search(opened, accountId, { type: 2, last_seen: 9_990, count: 50 })
      assert.deepEqual(ids, range(9_991, 10_000))
      assert.equal(total, 10_000)
    })

    test('follow each other without a gap when they are of several accounts', async () => {
      await using opened = await openReview(kind)
      const one = await accountWith(opened, 3)
      const other = await accountWith(opened, 2)
      await grant(opened, one, 4)
      assert.deepEqual((await search(opened, one, {})).ids, [1, 2, 3, 6, 7, 8, 9])
      assert.deepEqual((await search(opened, other, {})).ids, [4, 5])
    })

    test('carry their comment and their store to each device', async () => {
      await using opened = await openReview(kind)
      const { db, review, clock } = opened
      const accountId = await opened.newAccount()
      await insertStore(db, accountId, { poiId: 1234, businessName: 'Sample' }, clock.now())
      const payload = { quantity: 1, apply_reason: 'why', comment: '一楼', poi_id: 1234 }
      await submitApplication(review, { accountId, kind: 'device_batch', payload })
      const { devices } = await search(opened, accountId, {})
      const { uuids } = await readBeaconScheme(db)
      assert.deepEqual(devices, [
        {
          deviceId: 1,
          uuid: uuids[0],
          major: 1,
          minor: 1,
          comment: '一楼',
          poiId: 1234,
          poiAppid: null,
          pageIds: [],
          lastActiveAt: null,
        },
      ])
    })

    test('are refused for a store of another account', async () => {
      await using opened = await openReview(kind)
      const { db, review, clock, newAccount } = opened
      const owner = await newAccount()
      await insertStore(db, owner, { poiId: 1234, businessName: 'Sample' }, clock.now())
      const payload = { quantity: 1, apply_reason: 'why', comment: '', poi_id: 1234 }
      const submission = { accountId: await newAccount(), kind: 'device_batch' as const, payload }
      await assert.rejects(submitApplication(review, submission), problem('store.invalid'))
    })

    test('continue with the next UUID after the end of one', async () => {
      await using opened = await openReview(kind)
      const { db } = opened
      await db.insertInto('beacon_uuid').values({ position: 1, uuid: 'B9407F30-F5F8-466E-AFF9-25556B57FE6D' }).execute()
      await db
        .updateTable('device_ledger')
        .set({ next_device_id: DEVICES_PER_UUID - 1 })
        .execute()
      const accountId = await accountWith(opened, 4)
      const { devices } = await search(opened, accountId, {})
      const [first, second] = (await readBeaconScheme(db)).uuids
      assert.deepEqual(
        devices.map(({ deviceId, uuid, major, minor }) => [deviceId, uuid, major, minor]),
        [
          [DEVICES_PER_UUID - 1, first, 0xffff, 0xfffe],
          [DEVICES_PER_UUID, first, 0xffff, 0xffff],
          [DEVICES_PER_UUID + 1, second, 1, 1],
          [DEVICES_PER_UUID + 2, second, 1, 2],
        ],
      )
      for (const { uuid, major, minor, deviceId } of devices) {
        const { ids } = await search(opened, accountId, { device_identifiers: [{ uuid, major, minor }] })
        assert.deepEqual(ids, [deviceId])
      }
    })

    test('are shown by a server that began before the operator added their UUID', async () => {
      await using opened = await openReview(kind)
      const { db } = opened
      const beaconScheme = await LiveBeaconScheme.read(db, new Caches())
      await db
        .updateTable('device_ledger')
        .set({ next_device_id: DEVICES_PER_UUID + 1 })
        .execute()
      await assert.rejects(accountWith(opened, 1), /no room for 1 more devices/)
      const uuid = 'B9407F30-F5F8-466E-AFF9-25556B57FE6D'
      await db.insertInto('beacon_uuid').values({ position: 1, uuid }).execute()
      const accountId = await accountWith(opened, 2)
      const scope = { accountId, beaconScheme }
      const beacon = { deviceId: DEVICES_PER_UUID + 1, uuid, major: 1, minor: 1 }
      assert.deepEqual(deviceIdOf(beacon, beaconScheme), undefined)
      const { devices } = await searchDevices(db, scope, {})
      assert.deepEqual(
        devices.map(({ deviceId, uuid, major, minor }) => ({ deviceId, uuid, major, minor })),
        [beacon, { ...beacon, deviceId: beacon.deviceId + 1, minor: 2 }],
      )
      const named = await searchDevices(db, scope, { device_identifiers: [beacon] })
      assert.equal(named.devices[0]?.deviceId, beacon.deviceId)
    })

    test('past the end of the last UUID are refused and leave nothing behind', async () => {
      await using opened = await openReview(kind)
      const { db } = opened
      await db
        .updateTable('device_ledger')
        .set({ next_device_id: DEVICES_PER_UUID - 1 })
        .execute()
      await assert.rejects(accountWith(opened, 3), /no room for 3 more devices/)
      assert.equal((await db.selectFrom('application').selectAll().execute()).length, 0)
      assert.equal((await search(opened, await accountWith(opened, 2), {})).devices.length, 2)
    })
  })

  describe(`paging through devices on ${kind.name}`, () => {
    // Batches of one, of a page, of less and of more, between those of another account.
    const SIZES = [1, 50, 7, 120, 1, 1, 49]
    const expected = async (opened: OpenReview) => {
      const accountId = await accountWith(opened)
      const ids: number[] = []
      for (const size of SIZES) {
        const { applicationNo } = await grant(opened, accountId, size)
        ids.push(...(await search(opened, accountId, { apply_id: applicationNo, count: 50 })).ids)
        if (size > 50) ids.push(...range((ids.at(-1) ?? 0) + 1, (ids.at(-1) ?? 0) + size - 50))
        await accountWith(opened, 3)
      }
      return { accountId, ids }
    }

    test('shows every device once by last_seen, whatever the page’s size', async () => {
      await using opened = await openReview(kind)
      const { accountId, ids } = await expected(opened)
      for (const count of [1, 7, 50]) {
        const seen: number[] = []
        for (;;) {
          const page = await search(opened, accountId, { type: 2, last_seen: seen.at(-1) ?? 0, count })
          assert.equal(page.total, ids.length)
          if (page.ids.length === 0) break
          seen.push(...page.ids)
        }
        assert.deepEqual(seen, ids, `${count} a page`)
      }
    })

    test('shows every device once by begin, whatever the page’s size', async () => {
      await using opened = await openReview(kind)
      const { accountId, ids } = await expected(opened)
      for (const count of [1, 13, 50]) {
        const seen: number[] = []
        for (;;) {
          const page = await search(opened, accountId, { type: 2, begin: seen.length, count })
          if (page.ids.length === 0) break
          seen.push(...page.ids)
        }
        assert.deepEqual(seen, ids, `${count} a page`)
      }
      assert.deepEqual((await search(opened, accountId, { begin: ids.length + 5 })).ids, [])
    })

    test('shows the devices of one batch and no others, by either way of paging', async () => {
      await using opened = await openReview(kind)
      const accountId = await accountWith(opened, 5, 60, 5)
      const page = async (more: object) => (await search(opened, accountId, { apply_id: 2, ...more })).ids
      assert.deepEqual(await page({}), range(6, 55))
      assert.deepEqual(await page({ last_seen: 55 }), range(56, 65))
      assert.deepEqual(await page({ begin: 50 }), range(56, 65))
      assert.deepEqual(await page({ begin: 59, count: 10 }), [65])
      assert.deepEqual(await page({ begin: 60 }), [])
      assert.deepEqual(await page({ last_seen: 65 }), [])
    })

    test('shows 50 devices a page by default', async () => {
      await using opened = await openReview(kind)
      const accountId = await accountWith(opened, 60)
      assert.equal((await search(opened, accountId, {})).ids.length, 50)
    })

    test('shows nothing of an account without devices', async () => {
      await using opened = await openReview(kind)
      const accountId = await accountWith(opened)
      assert.deepEqual(await search(opened, accountId, {}), { ids: [], total: 0, devices: [] })
      assert.deepEqual((await search(opened, accountId, { begin: 1 })).ids, [])
    })

    test('shows nothing of a batch under review, and is refused for an unknown batch', async () => {
      await using opened = await openReview(kind)
      const { review } = opened
      const accountId = await accountWith(opened)
      await submitApplication(review, aBatchOf(accountId, 501))
      await submitApplication(review, aCategoryOf(accountId))
      assert.deepEqual((await search(opened, accountId, { type: 3, apply_id: 1 })).ids, [])
      for (const apply_id of [2, 3]) {
        await assert.rejects(search(opened, accountId, { type: 3, apply_id }), problem('batch.unknown'))
      }
      await assert.rejects(search(opened, accountId, { type: 3 }), problem('batch.unknown'))
      const other = await accountWith(opened)
      await assert.rejects(search(opened, other, { apply_id: 1 }), problem('batch.unknown'))
    })
  })

  describe(`naming devices on ${kind.name}`, () => {
    test('finds them in any batch, in the order of their IDs, each once', async () => {
      await using opened = await openReview(kind)
      const accountId = await accountWith(opened, 3)
      await accountWith(opened, 10)
      await grant(opened, accountId, 3)
      await grant(opened, accountId, 3)
      const named = [19, 1, 14, 3, 14, 16].map((device_id) => ({ device_id }))
      assert.deepEqual(
        (await search(opened, accountId, { type: 1, device_identifiers: named })).ids,
        [1, 3, 14, 16, 19],
      )
    })

    test('prefers the ID to the triple, and uses the triple where the ID is 0', async () => {
      await using opened = await openReview(kind)
      const accountId = await accountWith(opened, 9)
      const [uuid = ''] = (await readBeaconScheme(opened.db)).uuids
      const find = async (identifier: object) =>
        (await search(opened, accountId, { device_identifiers: [identifier] })).ids
      assert.deepEqual(await find({ device_id: 2, uuid, major: 1, minor: 5 }), [2])
      assert.deepEqual(await find({ device_id: 0, uuid, major: 1, minor: 5 }), [5])
      assert.deepEqual(await find({ uuid: uuid.toLowerCase(), major: 1, minor: 5 }), [5])
    })

    test('shows none when one of them belongs to another account', async () => {
      await using opened = await openReview(kind)
      const accountId = await accountWith(opened, 3)
      await accountWith(opened, 3)
      await grant(opened, accountId, 3)
      const [uuid = ''] = (await readBeaconScheme(opened.db)).uuids
      for (const foreign of [
        { device_id: 4 },
        { device_id: 6 },
        { device_id: 10 },
        { device_id: 99_999 },
        { uuid, major: 1, minor: 4 },
        { uuid, major: 0, minor: 1 },
        { uuid, major: 0, minor: 0 },
        { uuid: 'unknown', major: 1, minor: 1 },
        { uuid, major: 1 },
        { uuid, minor: 1 },
        { major: 1, minor: 1 },
        { device_id: 0 },
        {},
      ]) {
        const device_identifiers = [{ device_id: 1 }, foreign, { device_id: 7 }]
        await assert.rejects(search(opened, accountId, { device_identifiers }), problem('device.invalid'))
      }
    })

    test('is refused without any device', async () => {
      await using opened = await openReview(kind)
      const accountId = await accountWith(opened, 3)
      await assert.rejects(search(opened, accountId, { type: 1 }), problem('device.invalid'))
    })
  })

  describe(`the ceiling on ${kind.name}`, () => {
    const allocatedOf = async ({ db }: OpenReview, accountId: number) => {
      const batches = await db.selectFrom('device_batch').selectAll().orderBy('last_device_id').execute()
      const quota = await db
        .selectFrom('device_quota')
        .selectAll()
        .where('account_id', '=', accountId)
        .executeTakeFirstOrThrow()
      let last = 0
      for (const batch of batches) {
        assert.ok(batch.first_device_id > last, 'batches overlap')
        last = batch.last_device_id
      }
      const own = batches.filter((batch) => batch.account_id === accountId)
      const granted = own.reduce((sum, batch) => sum + batch.last_device_id - batch.first_device_id + 1, 0)
      assert.equal(granted, quota.allocated)
      return granted
    }

    test('is reached exactly and never passed', async () => {
      await using opened = await openReview(kind)
      const { review, newAccount } = opened
      const accountId = await newAccount({ ceiling: 10 })
      await submitApplication(review, aBatchOf(accountId, 9))
      await assert.rejects(submitApplication(review, aBatchOf(accountId, 2)), problem('device.quota_exceeded'))
      await submitApplication(review, aBatchOf(accountId, 1))
      await assert.rejects(submitApplication(review, aBatchOf(accountId, 1)), problem('device.quota_exceeded'))
      assert.equal(await allocatedOf(opened, accountId), 10)
    })

    test('refuses the approval when it was lowered after the submission, and leaves the application open', async () => {
      await using opened = await openReview(kind)
      const { db, review, newAccount } = opened
      const accountId = await newAccount()
      const application = await submitApplication(review, aBatchOf(accountId, 501))
      await db.updateTable('device_quota').set({ ceiling: 500 }).execute()
      const approve = () => decideApplication(review, application, { move: 'approve', reason: '', actor: 'staff:li' })
      await assert.rejects(approve(), problem('device.quota_exceeded'))
      assert.equal(await allocatedOf(opened, accountId), 0)
      await db.updateTable('device_quota').set({ ceiling: 501 }).execute()
      assert.equal((await approve()).state, 'approved')
    })

    test('holds against 64 applicants at once, and the IDs of two accounts never overlap', async () => {
      await using opened = await openReview(kind)
      const { review, newAccount } = opened
      const accounts = [await newAccount({ ceiling: 1000 }), await newAccount({ ceiling: 1000 })]
      const races = await Promise.allSettled(
        Array.from({ length: 64 }, (_, index) =>
          submitApplication(review, aBatchOf(accounts[index % 2] ?? 0, 17 + (index % 40))),
        ),
      )
      const refused = races.filter((race) => race.status === 'rejected')
      assert.ok(refused.length > 0, 'the quantities are meant to be too many')
      for (const { reason } of refused) assert.ok(problem('device.quota_exceeded')(reason))
      for (const accountId of accounts) {
        const granted = await allocatedOf(opened, accountId)
        // The smallest that was refused did not fit any more.
        assert.ok(granted <= 1000 && granted > 1000 - 57, String(granted))
      }
    })
  })
}
