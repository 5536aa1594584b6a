import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { api } from '@shenpi/sdk'
import { DATABASES } from '../databases.ts'
import { refuseAccount } from '../refuse-account.ts'
import { bindStore, giveDevices } from '../shake-fixtures.ts'
import { startTestServer } from '../start-server.ts'
import { anAccountWithPages, countsOf, hears, MINUTE_MS, shake } from './shaking.ts'

for (const kind of DATABASES) {
  describe(`a counted shake on ${kind.name}`, () => {
    test('counts with its clicks by device, page, day and person', async () => {
      await using server = await startTestServer(kind)
      const { accountId, first } = await anAccountWithPages(server, { count: 2 })
      const day = 20_526 // 2026-03-14
      const [page] = await shake(server, { beacons: hears(first) })
      await shake(server, { beacons: hears(first) })
      await shake(server, { beacons: hears(first, first + 1), openid: 'another' })
      const open = (ticket = page?.ticket ?? '') => server.api.call(api.openShakenPage, { params: { ticket } })
      assert.deepEqual(await open(), { page_id: 1, device_id: first })
      await open()
      const both = { shake_pv: 3, shake_uv: 2, click_pv: 2, click_uv: 1 }
      const second = { shake_pv: 1, shake_uv: 1, click_pv: 0, click_uv: 0 }
      assert.deepEqual(await countsOf(server, accountId), [
        { day, subject: 'device', subject_id: first, ...both },
        { day, subject: 'device', subject_id: first + 1, ...second },
        { day, subject: 'page', subject_id: 1, ...both },
        { day, subject: 'page', subject_id: 2, ...second },
      ])

      // The same people a little later, and after midnight.
      await shake(server, { beacons: hears(first) })
      server.clock.set(new Date('2026-03-15T00:00:00+08:00'))
      await shake(server, { beacons: hears(first) })
      const counts = await countsOf(server, accountId)
      assert.deepEqual(counts[0], { day, subject: 'device', subject_id: first, ...both, shake_pv: 4 })
      assert.deepEqual(counts[4], { day: day + 1, subject: 'device', subject_id: first, ...second })
    })

    test('marks the shown device as active, and keeps its other columns', async () => {
      await using server = await startTestServer(kind)
      const { db, shakes } = server.services
      const { accountId, first } = await anAccountWithPages(server, { count: 2 })
      await bindStore(server.services, { accountId, deviceId: first }, { poiId: 77 })
      const { firstDeviceId: bare } = await giveDevices(db, accountId, { count: 1 })
      const beacons = hears(first, first + 1, bare)
      await shake(server, { beacons })
      const at = server.clock.now().getTime()
      const devices = async () => {
        await shakes.tally.flush()
        const rows = await db
          .selectFrom('device')
          .select(['device_id', 'poi_id', 'last_active_at'])
          .where('account_id', '=', accountId)
          .orderBy('device_id')
          .execute()
        return rows.map((row) => ({ ...row }))
      }
      assert.deepEqual(await devices(), [
        { device_id: first, poi_id: 77, last_active_at: at },
        { device_id: first + 1, poi_id: null, last_active_at: at },
      ])
      server.clock.advance(MINUTE_MS)
      await shake(server, { beacons: hears(first) })
      assert.equal((await devices())[0]?.last_active_at, at + MINUTE_MS)
      server.clock.set(new Date(at))
      await shake(server, { beacons: hears(first) })
      assert.equal((await devices())[0]?.last_active_at, at + MINUTE_MS, 'a clock that was set back changes nothing')
    })

    test('counts more than 256 people by an estimate', async () => {
      await using server = await startTestServer(kind)
      const { accountId, first } = await anAccountWithPages(server)
      const { tally } = server.services.shakes
      const at = server.clock.now()
      for (let visitor = 0; visitor < 3000; visitor += 1) {
        tally.count('shake', {
          accountId,
          deviceId: first,
          pageId: 1,
          visitor: (visitor * 93_824_992_237) % 2 ** 48,
          at,
        })
        if (visitor % 500 === 0) await tally.flush()
      }
      const [device] = await countsOf(server, accountId)
      assert.equal(device?.shake_pv, 3000)
      assert.ok(Math.abs((device?.shake_uv ?? 0) - 3000) < 150, `${device?.shake_uv}`)
    })

    test('is written once a second, and when the server stops', async () => {
      await using place = await kind.place()
      const first = await startTestServer(kind, { place })
      const { accountId, first: deviceId } = await anAccountWithPages(first)
      await shake(first, { beacons: hears(deviceId) })
      const written = () => first.services.db.selectFrom('shake_count').selectAll().execute()
      for (let tries = 0; (await written()).length === 0; tries += 1) {
        assert.ok(tries < 100)
        await new Promise((done) => setTimeout(done, 50))
      }
      await shake(first, { beacons: hears(deviceId) })
      await first.stop()
      const again = await startTestServer(kind, { place })
      const [device] = await countsOf(again, accountId)
      assert.equal(device?.shake_pv, 2)
      await again.stop()
    })

    test('is kept and written later when the database fails', async () => {
      await using server = await startTestServer(kind)
      const { db, shakes } = server.services
      const { accountId, first } = await anAccountWithPages(server)
      const taken = await db.selectFrom('account_journal').selectAll().where('account_id', '=', accountId).execute()
      await db.deleteFrom('account_journal').where('account_id', '=', accountId).execute()
      await shake(server, { beacons: hears(first) })
      await shakes.tally.flush()
      assert.deepEqual(await db.selectFrom('shake_count').selectAll().execute(), [])
      await shake(server, { beacons: hears(first) })
      await db.insertInto('account_journal').values(taken).execute()
      const [device] = await countsOf(server, accountId)
      assert.deepEqual([device?.shake_pv, device?.shake_uv], [2, 1])
    })

    test('is written while another account’s cannot be, and counted once', async () => {
      await using server = await startTestServer(kind)
      const { db, shakes } = server.services
      const broken = await anAccountWithPages(server)
      const healthy = await anAccountWithPages(server)
      const shakesOf = async ({ accountId }: { accountId: number }) => (await countsOf(server, accountId))[0]?.shake_pv
      const end = await refuseAccount(db, kind, 'shake_count', broken.accountId)
      for (const expected of [1, 2]) {
        for (const { first } of [broken, healthy]) await shake(server, { beacons: hears(first) })
        assert.deepEqual([await shakesOf(broken), await shakesOf(healthy)], [undefined, expected])
      }
      await end()
      await shakes.tally.flush()
      assert.deepEqual([await shakesOf(broken), await shakesOf(healthy)], [2, 2])
    })
  })
}
