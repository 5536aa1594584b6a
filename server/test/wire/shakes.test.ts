import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ApiProblem, api } from '@shenpi/sdk'
import type { Static } from '@sinclair/typebox'
import { beaconOf } from '../../src/devices/beacon.ts'
import { EVENTS_WAITING_MAX } from '../../src/shakes/save-tally.ts'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { startReceiver } from '../receiver.ts'
import { bindPages, bindStore, giveDevices, openShakeNearby, putStore } from '../shake-fixtures.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'

const UUID = 'FDA50693-A4E2-4FB1-AFCF-C6EB07647825'
const OPENID = 'o-AbCdEf0123456789'
const MINUTE_MS = 60_000
const INFO = '/shakearound/user/getshakeinfo'

type Body = Static<typeof api.shake.body>

/** What a phone hears of devices, one metre after the other unless said otherwise. */
const hears = (...devices: (number | [deviceId: number, distance: number])[]) =>
  devices.map((device, index) => {
    const [deviceId, distance] = typeof device === 'number' ? [device, index + 1] : device
    return { ...beaconOf(deviceId, [UUID]), distance }
  })

async function shake(server: TestServer, body: Partial<Body> & Pick<Body, 'beacons'>) {
  return (await server.api.call(api.shake, { body: { openid: OPENID, ...body } })).pages
}

async function anOpenAccount(server: TestServer): Promise<WireClient> {
  const account = await server.newAccount()
  await openShakeNearby(server.services.db, account.accountId)
  return account
}

/** An account with `count` devices, of which the first has page 1, the second page 2 and so on. */
async function anAccountWithPages(server: TestServer, { count = 1, pageUrl = 'https://example.com/p' } = {}) {
  const account = await anOpenAccount(server)
  const { db } = server.services
  const { accountId } = account
  const { firstDeviceId: first } = await giveDevices(db, accountId, { count })
  for (let page = 1; page <= count; page += 1) {
    await bindPages(server.services, { accountId, deviceId: first + page - 1 }, [page], pageUrl)
  }
  return { account, accountId, first }
}

async function countsOf(server: TestServer, accountId: number) {
  await server.services.shakes.tally.flush()
  const rows = await server.services.db
    .selectFrom('shake_count')
    .select(['day', 'subject', 'subject_id', 'shake_pv', 'shake_uv', 'click_pv', 'click_uv'])
    .where('account_id', '=', accountId)
    .orderBy('day')
    .orderBy('subject')
    .orderBy('subject_id')
    .execute()
  return rows.map((row) => ({ ...row }))
}

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
        beacon: { ...beaconOf(first, [UUID]), distance: 2.346 },
        near_store: false,
      })
    })

    test('shows nothing for a device without a page, without an owner, or whose account is not open', async () => {
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

      // What was not there is looked for again.
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

    test('puts a device within 1 km of its store first, then the nearest, over all accounts', async () => {
      await using server = await startTestServer(kind)
      const near = await anAccountWithPages(server, { count: 2 })
      const far = await anAccountWithPages(server, { count: 1 })
      const other = await anAccountWithPages(server)
      const phone = { latitude: 22.54, longitude: 114.06 }
      // A degree of latitude is 111,195 m.
      const north = (metres: number) => ({ ...phone, latitude: phone.latitude + metres / 111_195 })
      const shown = async (position: Body['position'] = phone) =>
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

    test('knows the store of a batch, unless something else is said of the device', async () => {
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

    test('hears a beacon once, as near as it was heard, in any case of its UUID', async () => {
      await using server = await startTestServer(kind)
      const { first } = await anAccountWithPages(server)
      const beacons = hears([first, 5], [first, 2], [first, 9]).map((beacon) => ({
        ...beacon,
        uuid: beacon.uuid.toLowerCase(),
      }))
      const [page, ...others] = await shake(server, { beacons })
      assert.deepEqual(page?.beacon, { ...beaconOf(first, [UUID]), distance: 2 })
      assert.deepEqual(others, [])
    })

    test('is refused when it does not say what a phone can say', async () => {
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

    test('is counted, with its clicks, by device, page, day and person', async () => {
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

    test('marks the device that was shown as active, and keeps what else is said of it', async () => {
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

    test('of many people is counted by an estimate, above 256', async () => {
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

    test('that cannot be written is kept and written later', async () => {
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
      const beacon_info = { distance: 2.35, ...beaconOf(first, [UUID]) }
      assert.deepEqual(await answer(), { page_id: 1, beacon_info, openid: OPENID })
    })

    test('refuses a ticket in capitals, and one that is not good any more', async () => {
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

  describe(`the event of a shake on ${kind.name}`, () => {
    async function connect(server: TestServer, appid: string, format: 'xml' | 'json', mode: 'plain' | 'secure') {
      const receiver = await startReceiver()
      const { url, token, encodingAesKey: encoding_aes_key } = receiver
      const body = { url, token, encoding_aes_key, mode, format }
      await server.api.call(api.setCallback, { params: { appid }, body })
      return receiver
    }

    for (const [format, mode] of [
      ['xml', 'plain'],
      ['xml', 'secure'],
      ['json', 'plain'],
    ] as const) {
      test(`reaches the account as ${mode} ${format} when a single page is shown`, async () => {
        await using server = await startTestServer(kind)
        const { db } = server.services
        const { account, accountId, first } = await anAccountWithPages(server)
        const { firstDeviceId: bare } = await giveDevices(db, accountId, { count: 8 })
        await using receiver = await connect(server, account.appid, format, mode)
        const around = [1, 2, 3, 4, 5, 6].map((place): [number, number] => [bare + place, 10 + place])
        await shake(server, { beacons: hears([first, 0.057], ...around) })
        const { message, body } = await receiver.waitFor(1)
        const found = await server.api.call(api.getAccount, { params: { appid: account.appid } })
        const toFields = ([deviceId, Distance]: readonly [number, number]) => {
          const { uuid: Uuid, major: Major, minor: Minor } = beaconOf(deviceId, [UUID])
          return { Uuid, Major, Minor, Distance }
        }
        assert.deepEqual(message, {
          ToUserName: found.original_id,
          FromUserName: OPENID,
          CreateTime: server.clock.now().getTime() / 1000,
          MsgType: 'event',
          Event: 'ShakearoundUserShake',
          ChosenBeacon: toFields([first, 0.057]),
          AroundBeacons: { AroundBeacon: around.slice(0, 5).map(toFields) },
        })
        if (format === 'xml' && mode === 'plain') {
          const { major, minor } = beaconOf(first, [UUID])
          assert.ok(
            body.includes(
              `<ChosenBeacon><Uuid><![CDATA[${UUID}]]></Uuid><Major>${major}</Major><Minor>${minor}</Minor><Distance>0.057</Distance></ChosenBeacon><AroundBeacons><AroundBeacon>`,
            ),
          )
        }
      })
    }

    test('is dated a second later for the second shake of a person within one', async () => {
      await using server = await startTestServer(kind)
      const { account, first } = await anAccountWithPages(server)
      await using receiver = await connect(server, account.appid, 'xml', 'plain')
      for (const openid of ['a', 'a', 'b']) await shake(server, { beacons: hears(first), openid })
      await receiver.waitFor(3)
      const now = server.clock.now().getTime() / 1000
      assert.deepEqual(
        receiver.received.map(({ message }) => [message.FromUserName, message.CreateTime - now]).sort(),
        [
          ['a', 0],
          ['a', 1],
          ['b', 0],
        ],
      )
    })

    test('names no other beacon where there is one: a receiver in use fails on exactly one', async () => {
      await using server = await startTestServer(kind)
      const { account, accountId, first } = await anAccountWithPages(server)
      const { firstDeviceId: bare } = await giveDevices(server.services.db, accountId, { count: 1 })
      await using receiver = await connect(server, account.appid, 'xml', 'plain')
      await shake(server, { beacons: hears(first, bare) })
      const { body } = await receiver.waitFor(1)
      assert.ok(body.includes('<AroundBeacons></AroundBeacons>'), body)
    })

    test('is not kept for a merchant that too many others are on their way to', async () => {
      await using server = await startTestServer(kind)
      const { db, shakes } = server.services
      const { account, accountId, first } = await anAccountWithPages(server)
      await using receiver = await connect(server, account.appid, 'xml', 'plain')
      receiver.answer = () => ({ status: 200, body: '', hang: true })
      const tell = async () => {
        await shake(server, { beacons: hears(first) })
        await shakes.tally.flush()
        const rows = await db.selectFrom('callback_delivery').select('delivery_no').orderBy('delivery_no').execute()
        return rows.map(({ delivery_no }) => delivery_no)
      }
      assert.deepEqual(await tell(), [1])
      await db
        .updateTable('account_journal')
        .set({ delivery_no: EVENTS_WAITING_MAX })
        .where('account_id', '=', accountId)
        .execute()
      assert.deepEqual(await tell(), [1])
      await db.updateTable('callback_delivery').set({ state: 'failed' }).execute()
      assert.deepEqual(await tell(), [1, EVENTS_WAITING_MAX + 1])
      assert.equal((await countsOf(server, accountId))[0]?.shake_pv, 3)
    })

    test('is not sent for a list, for nothing, or to an account without an address', async () => {
      await using server = await startTestServer(kind)
      const { db, shakes } = server.services
      const { account, accountId, first } = await anAccountWithPages(server, { count: 2 })
      const silent = await anAccountWithPages(server)
      await using _receiver = await connect(server, account.appid, 'xml', 'plain')
      assert.equal((await shake(server, { beacons: hears(first, first + 1) })).length, 2)
      assert.equal((await shake(server, { beacons: hears(first, silent.first) })).length, 2)
      assert.equal((await shake(server, { beacons: hears(silent.first) })).length, 1)
      assert.equal((await shake(server, { beacons: [] })).length, 0)
      await shakes.tally.flush()
      assert.deepEqual(await db.selectFrom('callback_delivery').selectAll().execute(), [])

      // Two devices with one page show one page.
      const { firstDeviceId: third } = await giveDevices(db, accountId, { count: 1 })
      await bindPages(server.services, { accountId, deviceId: third }, [1])
      assert.equal((await shake(server, { beacons: hears(first, third) })).length, 1)
      await shakes.tally.flush()
      const { items } = await server.api.call(api.listDeliveries, { query: { appid: account.appid } })
      assert.deepEqual(
        items.map(({ event }) => event),
        ['ShakearoundUserShake'],
      )
    })
  })
}

/** A second server on the database of the first. */
async function startBeside(kind: DatabaseKind, one: TestServer): Promise<TestServer> {
  const files = await kind.place()
  const two = await startTestServer(kind, { place: { ...files, databaseUrl: one.place.databaseUrl }, clock: one.clock })
  return Object.assign(two, {
    async [Symbol.asyncDispose]() {
      await two.stop()
      await files[Symbol.asyncDispose]()
    },
  })
}

for (const kind of DATABASES.filter(({ name }) => name === 'postgres')) {
  describe('two servers on one database', () => {
    test('open each other’s tickets', async () => {
      await using one = await startTestServer(kind)
      await using two = await startBeside(kind, one)
      const { account, accountId, first } = await anAccountWithPages(one)
      const [page] = await shake(one, { beacons: hears(first) })
      const { ticket = '' } = page ?? {}
      assert.deepEqual(await two.api.call(api.openShakenPage, { params: { ticket } }), { page_id: 1, device_id: first })
      const body = JSON.stringify({ ticket })
      const answer = await fetch(`${two.url}${INFO}?access_token=${account.token}`, { method: 'POST', body })
      assert.equal(((await answer.json()) as { errcode: number }).errcode, 0)
      await two.services.shakes.tally.flush()
      const counts = { shake_pv: 1, shake_uv: 1, click_pv: 1, click_uv: 1 }
      assert.deepEqual((await countsOf(one, accountId))[0], {
        day: 20_526,
        subject: 'device',
        subject_id: first,
        ...counts,
      })
    })

    test('that flush at once add up, whatever the order in which they counted', async () => {
      await using one = await startTestServer(kind)
      await using two = await startBeside(kind, one)
      const accounts = [await anOpenAccount(one), await anOpenAccount(one)].map(({ accountId }) => accountId)
      const at = one.clock.now()
      const ROUNDS = 20
      const DEVICES = 200
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const [index, { services }] of [one, two].entries()) {
          const { tally } = services.shakes
          for (const accountId of index ? accounts : accounts.toReversed()) {
            for (let place = 0; place < DEVICES; place += 1) {
              const deviceId = index ? place : DEVICES - 1 - place
              tally.count('shake', { accountId, deviceId, pageId: 1, visitor: 1000 * (round + 1) + index, at })
            }
          }
        }
        await Promise.all([one, two].map(({ services }) => services.shakes.tally.flush()))
      }
      for (const accountId of accounts) {
        const counts = (await countsOf(one, accountId)).map(({ shake_pv, shake_uv }) => [shake_pv, shake_uv])
        const ofDevice = [2 * ROUNDS, 2 * ROUNDS]
        const ofPage = [2 * ROUNDS * DEVICES, 2 * ROUNDS]
        assert.deepEqual(counts, [...Array(DEVICES).fill(ofDevice), ofPage])
      }
    })
  })
}
