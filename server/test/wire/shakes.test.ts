import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ApiProblem, api } from '@shenpi/sdk'
import type { Move } from '@shenpi/sdk/contract/states'
import { beaconOf } from '../../src/device-batches/beacon.ts'
import type { Position } from '../../src/shakes/great-circle.ts'
import { DATABASES } from '../databases.ts'
import { aFile, aPicture, aStore } from '../factories.ts'
import { bindPages, bindStore, giveDevices, openShakeNearby, putStore, SCHEME } from '../shake-fixtures.ts'
import { startTestServer } from '../start-server.ts'
import { anAccountWithPages, anOpenAccount, hears, MINUTE_MS, OPENID, shake, UUID } from './shaking.ts'

const INFO = '/shakearound/user/getshakeinfo'

for (const kind of DATABASES) {
  describe(`a shake on ${kind.name}`, () => {
    test('shows the page of the device, with a ticket in its link', async () => {
      await using server = await startTestServer(kind)
      const { account, first } = await anAccountWithPages(server, { pageUrl: 'https://example.com/p?a=1#top' })
      const [page, ...others] = await shake(server, { beacons: hears([first, 2.3456]) })
      assert.deepEqual(others, [])
      const { ticket, ...shown } = page as NonNullable<typeof page>
      assert.match(ticket, /^[0-9a-f]+$/)
      assert.deepEqual(shown, {
        appid: account.appid,
        page_id: 1,
        title: 'Page 1',
        description: 'Sale today',
        icon_url: 'https://example.com/icon',
        url: `https://example.com/p?a=1&ticket=${ticket}#top`,
        device_id: first,
        beacon: { ...beaconOf(first, SCHEME), distance: 2.346 },
        near_store: false,
        lottery_id: null,
      })
    })

    test('shows nothing for a device without a page, without an owner, or of an account that is not activated', async () => {
      await using server = await startTestServer(kind)
      const { db } = server.services
      const { accountId, first } = await anAccountWithPages(server)
      const { firstDeviceId: bare } = await giveDevices(db, accountId, { count: 1 })
      const closed = await server.newAccount()
      await openShakeNearby(db, closed.accountId, 'rejected')
      const { firstDeviceId: unopened } = await giveDevices(db, closed.accountId, { count: 1 })
      await bindPages(server.services, { accountId: closed.accountId, deviceId: unopened }, [1])
      const foreign = { uuid: '00000000-0000-0000-0000-000000000000', major: 1, minor: 1, distance: 1 }

      assert.deepEqual(await shake(server, { beacons: [] }), [])
      const beacons = [...hears(bare, unopened, 0, 1, first - 1, 4_000_000), foreign]
      assert.deepEqual(await shake(server, { beacons }), [])
      assert.deepEqual(
        (await shake(server, { beacons: [...beacons, ...hears(first)] })).map(({ page_id }) => page_id),
        [1],
      )

      // A device that was not found is looked up again.
      await bindPages(server.services, { accountId, deviceId: bare }, [2])
      assert.deepEqual(
        (await shake(server, { beacons: hears(bare) })).map(({ page_id }) => page_id),
        [2],
      )
    })

    test('shows one of several pages at random', async () => {
      await using server = await startTestServer(kind)
      const { accountId, first } = await anAccountWithPages(server)
      await bindPages(server.services, { accountId, deviceId: first }, [2, 3])
      const seen = new Set<number>()
      for (let shakes = 0; shakes < 500 && seen.size < 3; shakes += 1) {
        for (const { page_id } of await shake(server, { beacons: hears(first) })) seen.add(page_id)
      }
      assert.deepEqual([...seen].sort(), [1, 2, 3])
    })

    test('shows devices within 1 km of their store first, then the nearest, of all accounts', async () => {
      await using server = await startTestServer(kind)
      const near = await anAccountWithPages(server, { count: 2 })
      const far = await anAccountWithPages(server, { count: 1 })
      const other = await anAccountWithPages(server)
      const phone = { latitude: 22.54, longitude: 114.06 }
      // A degree of latitude is 111,195 m.
      const north = (metres: number) => ({ ...phone, latitude: phone.latitude + metres / 111_195 })
      const shown = async (position: Position = phone) =>
        (await shake(server, { beacons: hears(far.first, other.first, near.first, near.first + 1), position })).map(
          ({ device_id, near_store }) => (near_store ? `${device_id} near` : `${device_id}`),
        )
      const plain = [far.first, other.first, near.first, near.first + 1].map(String)
      const preferred = (device: number) => [
        `${device} near`,
        ...plain.filter((deviceId) => deviceId !== String(device)),
      ]
      assert.deepEqual(await shown(), plain)

      const third = { accountId: near.accountId, deviceId: near.first }
      await putStore(server.services, near.accountId, 7, { ...north(999), state: 'under_review' })
      await bindStore(server.services, third, { poiId: 7 })
      assert.deepEqual(await shown(), preferred(near.first), 'its own store, not yet approved')
      assert.deepEqual(await shown(north(-2)), plain, 'farther than 1 km')
      assert.deepEqual(
        (await shake(server, { beacons: hears(near.first) })).map(({ near_store }) => near_store),
        [false],
      )
      for (const change of [{ state: 'rejected' as const }, { deleted_at: 1 }, { latitude: null, longitude: null }]) {
        await putStore(server.services, near.accountId, 7, { ...north(999), ...change })
        assert.deepEqual(await shown(), plain, JSON.stringify(change))
      }

      await putStore(server.services, other.accountId, 8, { ...north(5), state: 'under_review' })
      await bindStore(server.services, third, { poiId: 8, poiAppid: other.account.appid })
      assert.deepEqual(await shown(), plain, 'the store of another account, not yet approved')
      await putStore(server.services, other.accountId, 8, north(5))
      assert.deepEqual(await shown(), preferred(near.first), 'the store of another account')

      await bindStore(server.services, third, { poiId: 0 })
      assert.deepEqual(await shown(), plain, 'unbound')
    })

    test('uses the current state of a store, as does its ticket', async () => {
      await using server = await startTestServer(kind)
      const { account, first } = await anAccountWithPages(server)
      const position = { latitude: 22.54, longitude: 114.06 }
      const photo = new FormData()
      photo.set('buffer', aFile(await aPicture({ format: 'jpeg' }), 'image/jpeg'), 'photo.jpg')
      const { url } = (await account.form('/cgi-bin/media/uploadimg', photo)).json
      const newStore = async (): Promise<number> =>
        (await account.post('/cgi-bin/poi/addpoi', aStore(url, position))).json.poi_id
      const bind = (poi_id: number, more = {}) =>
        account.post('/shakearound/device/bindlocation', { device_identifier: { device_id: first }, poi_id, ...more })
      /** Whether the device is preferred, and its store in the answer. */
      const seen = async () => {
        const [page] = await shake(server, { beacons: hears(first), position })
        const { data } = (await account.post(INFO, { ticket: page?.ticket, need_poi: 1 })).json
        return [page?.near_store, data.poi_id]
      }
      const lastDecision = async (move: Move) => {
        const { items } = await server.api.call(api.listApplications, {
          query: { kind: 'store', state: 'under_review' },
        })
        const [application] = items
        const params = { id: application?.id ?? '' }
        await server.api.call(api.decideApplication, { params, version: 1, body: { move, reason: 'closed' } })
      }

      assert.deepEqual(await seen(), [false, undefined])
      const rejected = await newStore()
      assert.equal((await bind(rejected)).json.errcode, 0)
      assert.deepEqual(await seen(), [true, rejected], 'bound')
      await lastDecision('reject')
      assert.deepEqual(await seen(), [false, undefined], 'rejected')

      const approved = await newStore()
      await lastDecision('approve')
      assert.equal((await bind(approved, { type: 2, poi_appid: account.appid })).json.errcode, 0)
      assert.deepEqual(await seen(), [true, approved], 'bound, as any account could')
      await account.post('/cgi-bin/poi/delpoi', { poi_id: approved })
      assert.deepEqual(await seen(), [false, undefined], 'deleted')
    })

    test('uses the store of a batch, unless the device has its own', async () => {
      await using server = await startTestServer(kind)
      const { db } = server.services
      const account = await anOpenAccount(server)
      const { accountId } = account
      const position = { latitude: -33.9, longitude: 18.4 }
      await putStore(server.services, accountId, 5, position)
      const { firstDeviceId } = await giveDevices(db, accountId, { count: 2, poiId: 5 })
      await bindPages(server.services, { accountId, deviceId: firstDeviceId }, [1])
      await bindPages(server.services, { accountId, deviceId: firstDeviceId + 1 }, [2])
      await bindStore(server.services, { accountId, deviceId: firstDeviceId + 1 }, { poiId: 0 })
      const pages = await shake(server, { beacons: hears(firstDeviceId + 1, firstDeviceId), position })
      assert.deepEqual(
        pages.map(({ page_id, near_store }) => [page_id, near_store]),
        [
          [1, true],
          [2, false],
        ],
      )
      const infos = await Promise.all(
        pages.map(async ({ ticket }) => (await account.post(INFO, { ticket, need_poi: 1 })).json.data.poi_id),
      )
      assert.deepEqual(infos, [5, undefined])
    })

    test('counts a beacon once, at its nearest distance, in any case of its UUID', async () => {
      await using server = await startTestServer(kind)
      const { first } = await anAccountWithPages(server)
      const beacons = hears([first, 5], [first, 2], [first, 9]).map((beacon) => ({
        ...beacon,
        uuid: beacon.uuid.toLowerCase(),
      }))
      const [page, ...others] = await shake(server, { beacons })
      assert.deepEqual(page?.beacon, { ...beaconOf(first, SCHEME), distance: 2 })
      assert.deepEqual(others, [])
    })

    test('is refused with impossible values', async () => {
      await using server = await startTestServer(kind)
      const beacon = { uuid: UUID, major: 1, minor: 1, distance: 1 }
      const CASES = [
        { name: 'no openid', body: { beacons: [] } },
        { name: 'an openid with blanks', body: { openid: 'a b', beacons: [] } },
        { name: 'no beacons', body: { openid: OPENID } },
        { name: '51 beacons', body: { openid: OPENID, beacons: Array(51).fill(beacon) } },
        { name: 'a major above 65535', body: { openid: OPENID, beacons: [{ ...beacon, major: 65536 }] } },
        { name: 'a negative distance', body: { openid: OPENID, beacons: [{ ...beacon, distance: -1 }] } },
        { name: 'no UUID', body: { openid: OPENID, beacons: [{ ...beacon, uuid: 'x' }] } },
        {
          name: 'a latitude above 90',
          body: { openid: OPENID, beacons: [], position: { latitude: 91, longitude: 0 } },
        },
      ]
      for (const { name, body } of CASES) {
        await assert.rejects(
          server.api.call(api.shake, { body: body as never }),
          (error) => error instanceof ApiProblem && error.code === 'request.malformed',
          name,
        )
      }
      const keyless = await fetch(`${server.url}/api/v1/shakes`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer shenpi_x' },
        body: JSON.stringify({ openid: OPENID, beacons: [] }),
      })
      assert.equal(keyless.status, 401)
    })
  })

  describe(`user/getshakeinfo on ${kind.name}`, () => {
    test('answers the store that the device is bound to now, and no member without one', async () => {
      await using server = await startTestServer(kind)
      const { account, accountId, first } = await anAccountWithPages(server)
      await putStore(server.services, accountId, 1234)
      await bindStore(server.services, { accountId, deviceId: first }, { poiId: 1234 })
      const [page] = await shake(server, { beacons: hears([first, 2.35]) })
      const answer = async () => (await account.post(INFO, { ticket: page?.ticket, need_poi: 1 })).json.data
      assert.equal((await answer()).poi_id, 1234)
      await bindStore(server.services, { accountId, deviceId: first }, { poiId: 0 })
      const beacon_info = { distance: 2.35, ...beaconOf(first, SCHEME) }
      assert.deepEqual(await answer(), { page_id: 1, beacon_info, openid: OPENID })
    })

    test('refuses a ticket in upper case, and an expired one', async () => {
      await using server = await startTestServer(kind)
      const { account, first } = await anAccountWithPages(server)
      const [page] = await shake(server, { beacons: hears(first) })
      const ticket = page?.ticket ?? ''
      assert.equal((await account.post(INFO, { ticket: ticket.toUpperCase() })).json.errcode, 9001003)
      server.clock.advance(30 * MINUTE_MS - 1)
      assert.equal((await account.post(INFO, { ticket })).json.errcode, 0)
      server.clock.advance(1)
      assert.equal((await account.post(INFO, { ticket })).json.errcode, 9001003)
      await assert.rejects(
        server.api.call(api.openShakenPage, { params: { ticket } }),
        (error) => error instanceof ApiProblem && error.code === 'ticket.invalid' && error.status === 404,
      )
    })
  })
}
