import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { api } from '@shenpi/sdk'
import type { CallbackFormat, CallbackMode } from '@shenpi/sdk/contract/states'
import { beaconOf } from '../../src/device-batches/beacon.ts'
import { EVENTS_WAITING_MAX } from '../../src/statistics/save-tally.ts'
import { DATABASES } from '../databases.ts'
import { startReceiver } from '../receiver.ts'
import { bindPages, giveDevices, SCHEME } from '../shake-fixtures.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { anAccountWithPages, countsOf, hears, OPENID, shake, UUID } from './shaking.ts'

for (const kind of DATABASES) {
  describe(`the event of a shake on ${kind.name}`, () => {
    async function connect(server: TestServer, appid: string, format: CallbackFormat, mode: CallbackMode) {
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
        const { message, body, query } = await receiver.waitFor(1)
        const found = await server.api.call(api.getAccount, { params: { appid: account.appid } })
        const toFields = ([deviceId, Distance]: readonly [number, number]) => {
          const { uuid: Uuid, major: Major, minor: Minor } = beaconOf(deviceId, SCHEME)
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
        assert.equal(query.openid, OPENID)
        if (format === 'xml' && mode === 'plain') {
          const { major, minor } = beaconOf(first, SCHEME)
          assert.ok(
            body.includes(
              `<ChosenBeacon><Uuid><![CDATA[${UUID}]]></Uuid><Major>${major}</Major><Minor>${minor}</Minor><Distance>0.057</Distance></ChosenBeacon><AroundBeacons><AroundBeacon>`,
            ),
          )
        }
      })
    }

    test('is dated a second later for a person’s second shake within one second', async () => {
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

    test('is dated at most five seconds late, however often a person shakes', async () => {
      await using server = await startTestServer(kind)
      const { account, first } = await anAccountWithPages(server)
      await using receiver = await connect(server, account.appid, 'xml', 'plain')
      for (let shakes = 0; shakes < 8; shakes++) await shake(server, { beacons: hears(first), openid: 'a' })
      await receiver.waitFor(8)
      const now = server.clock.now().getTime() / 1000
      assert.deepEqual(
        receiver.received.map(({ message }) => message.CreateTime - now).sort(),
        [0, 1, 2, 3, 4, 5, 5, 5],
      )
    })

    test('names no other beacon instead of exactly one, on which a receiver in use fails', async () => {
      await using server = await startTestServer(kind)
      const { account, accountId, first } = await anAccountWithPages(server)
      const { firstDeviceId: bare } = await giveDevices(server.services.db, accountId, { count: 1 })
      await using receiver = await connect(server, account.appid, 'xml', 'plain')
      await shake(server, { beacons: hears(first, bare) })
      const { body } = await receiver.waitFor(1)
      assert.ok(body.includes('<AroundBeacons></AroundBeacons>'), body)
    })

    test('is not kept for a merchant with too many deliveries under way', async () => {
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
      const delivery = await db.selectFrom('callback_delivery').selectAll().executeTakeFirstOrThrow()
      await db
        .insertInto('callback_delivery')
        .values({ ...delivery, delivery_no: EVENTS_WAITING_MAX, state: 'failed' })
        .execute()
      assert.deepEqual(await tell(), [1, EVENTS_WAITING_MAX])
      await db.updateTable('callback_delivery').set({ state: 'failed' }).execute()
      assert.deepEqual(await tell(), [1, EVENTS_WAITING_MAX, EVENTS_WAITING_MAX + 1])
      assert.equal((await countsOf(server, accountId))[0]?.shake_pv, 3)
    })

    test('is not sent for several pages, for none, or to an account without an address', async () => {
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
