import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deviceBatches, pictures, stores } from '@shenpi/sdk'
import { api } from '@shenpi/sdk/contract/api'
import { CALLBACK_FORMATS, type Move } from '@shenpi/sdk/contract/states'
import { DATABASES } from '../databases.ts'
import { decide } from '../decide.ts'
import { aBatch, aFile, aPicture, aStore } from '../factories.ts'
import { callBackTo, startReceiver } from '../receiver.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'

const { addPoi, getPoi, updatePoi, delPoi } = stores
const { mediaUploadImg } = pictures
const change = (poi_id: unknown, changes: object) => ({ business: { base_info: { poi_id, ...changes } } })

async function uploadPhoto(client: WireClient): Promise<string> {
  const form = new FormData()
  form.set('buffer', aFile(await aPicture({ format: 'jpeg' }), 'image/jpeg'), 'photo.jpg')
  return (await client.form(mediaUploadImg.path, form)).json.url
}

async function addStore(client: WireClient, changes: Record<string, unknown> = {}): Promise<number> {
  const added = await client.post(addPoi.path, aStore(await uploadPhoto(client), changes))
  return added.json.poi_id
}

/** The account's last application, as the staff sees it. */
async function latest(server: TestServer, { appid }: WireClient) {
  const { items } = await server.api.call(api.listApplications, { query: { appid, kind: 'store' } })
  const [application] = items
  assert.ok(application)
  return application
}

const infoOf = async (client: WireClient, poi_id: number) =>
  (await client.post(getPoi.path, { poi_id })).json.business.base_info

for (const kind of DATABASES) {
  describe(`stores on ${kind.name}`, () => {
    test('serve a photo under its link', async () => {
      await using server = await startTestServer(kind)
      const photo = await uploadPhoto(server.sandbox)
      assert.match(photo, /\/mmbiz\/\w+\/0$/)
      assert.equal((await fetch(photo)).headers.get('content-type'), 'image/jpeg')
    })

    for (const format of CALLBACK_FORMATS) {
      test(`are approved and changed, and reported in ${format}`, async () => {
        await using server = await startTestServer(kind)
        await using receiver = await startReceiver()
        const merchant = await server.newAccount()
        await callBackTo(server, merchant, receiver, { format })
        const poi_id = await addStore(merchant)
        assert.equal((await infoOf(merchant, poi_id)).available_state, 2)
        const { id, summary } = await latest(server, merchant)
        assert.equal(summary, `new store ${poi_id}: 肯德基, 中山大道88号`)
        const shown = await server.api.call(api.getApplication, { params: { id } })
        assert.equal(shown.pictures[0]?.state, 'stored')
        await decide(server, id, 'approve')
        const { message } = await receiver.waitFor(1)
        assert.equal(message.Event, 'poi_check_notify')
        assert.deepEqual(
          [message.UniqId, String(message.PoiId), message.Result, message.Msg, message.msg],
          ['store-1', String(poi_id), 'succ', '', ''],
        )
        assert.equal((await infoOf(merchant, poi_id)).available_state, 3)

        const changes = { open_time: '10:00-22:00', avg_price: 40 }
        assert.equal((await merchant.post(updatePoi.path, change(String(poi_id), changes))).json.errcode, 0)
        await decide(server, (await latest(server, merchant)).id, 'reject', 'the price is wrong')
        const rejection = (await receiver.waitFor(2)).message
        assert.deepEqual(
          [rejection.Result, rejection.Msg, rejection.msg],
          ['fail', 'the price is wrong', 'the price is wrong'],
        )
        const unchanged = await infoOf(merchant, poi_id)
        assert.deepEqual([unchanged.open_time, unchanged.avg_price, unchanged.update_status], ['8:00-20:00', 35, 0])

        await merchant.post(updatePoi.path, change(poi_id, changes))
        const again = await latest(server, merchant)
        assert.equal(again.summary, `store ${poi_id}: change of open_time, avg_price`)
        await decide(server, again.id, 'approve')
        const changed = await infoOf(merchant, poi_id)
        assert.deepEqual([changed.open_time, changed.avg_price, changed.update_status], ['10:00-22:00', 40, 0])
        assert.equal(changed.telephone, '020-12345678')
      })
    }

    test('show a rejection, and keep their number', async () => {
      await using server = await startTestServer(kind)
      const merchant = await server.newAccount()
      const poi_id = await addStore(merchant)
      await decide(server, (await latest(server, merchant)).id, 'reject', '地址不详')
      assert.equal((await infoOf(merchant, poi_id)).available_state, 4)
      const update = await merchant.post(updatePoi.path, change(poi_id, { open_time: '9' }))
      assert.equal(update.json.errcode, 65106)
    })

    test('are deleted when nothing of them is under review, also rejected ones', async () => {
      await using server = await startTestServer(kind)
      const merchant = await server.newAccount()
      const erase = async (poi_id: number) => (await merchant.post(delPoi.path, { poi_id })).json.errcode
      const decideLatest = async (move: Move) => decide(server, (await latest(server, merchant)).id, move, 'seen')
      const rejected = await addStore(merchant)
      assert.equal(await erase(rejected), 65117)
      await decideLatest('reject')
      assert.equal(await erase(rejected), 0)
      assert.equal((await merchant.post(getPoi.path, { poi_id: rejected })).json.errcode, 65116)

      const changing = await addStore(merchant)
      await decideLatest('approve')
      await merchant.post(updatePoi.path, change(changing, { open_time: '10:00-22:00' }))
      assert.equal(await erase(changing), 65117)
      await decideLatest('approve')
      assert.equal(await erase(changing), 0)
    })

    test('can be bound to devices before approval, and not when they are unknown or deleted', async () => {
      await using server = await startTestServer(kind, { env: { SANDBOX_APPROVE: 'all' } })
      const { sandbox } = server
      const apply = async (poi_id: number) =>
        (await sandbox.post(deviceBatches.deviceApplyId.path, aBatch({ poi_id }))).json.errcode
      const poi_id = await addStore(sandbox)
      assert.equal(await apply(poi_id), 0)
      assert.equal(await apply(1234), 0)
      assert.equal(await apply(poi_id + 1), 9001033)
      await decide(server, (await latest(server, sandbox)).id, 'approve')
      await sandbox.post(delPoi.path, { poi_id })
      assert.equal(await apply(poi_id), 9001033)
      assert.equal((await infoOf(sandbox, 1234)).business_name, 'Sample store')
    })
  })
}
