import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { brands, categories, pictures, shopAccess } from '@shenpi/sdk'
import { api } from '@shenpi/sdk/contract/api'
import { CALLBACK_FORMATS, type KindName, type Move } from '@shenpi/sdk/contract/states'
import { CALLER_TTL_MS } from '../../src/accounts/caller-cache.ts'
import { DATABASES } from '../databases.ts'
import { decide } from '../decide.ts'
import { aBrand, aCategory, aFile, aPicture } from '../factories.ts'
import { newShop, openShop, setShopStatus } from '../open-shop.ts'
import { apiProblem } from '../problem.ts'
import { callBackTo, startReceiver } from '../receiver.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'

const { registerApply, registerCheck, applyScene } = shopAccess
const { auditBrand, getBrandList } = brands
const { getCategoryList } = categories

async function decideLatest(server: TestServer, { appid }: WireClient, kind: KindName, move: Move, reason?: string) {
  const { items } = await server.api.call(api.listApplications, { query: { appid, kind } })
  assert.ok(items[0])
  return await decide(server, items[0].id, move, reason)
}

for (const kind of DATABASES) {
  describe(`shop access on ${kind.name}`, () => {
    for (const format of CALLBACK_FORMATS) {
      test(`opens the component and a scene, and reports both in ${format}`, async () => {
        await using server = await startTestServer(kind)
        await using receiver = await startReceiver()
        const merchant = await server.newAccount()
        await callBackTo(server, merchant, receiver, { format })
        await merchant.post(registerApply.path, {})
        await decideLatest(server, merchant, 'shop_registration', 'reject', 'the agreement was not accepted')
        await merchant.post(registerApply.path, {})
        await decideLatest(server, merchant, 'shop_registration', 'approve')
        const opened = (await receiver.waitFor(1)).message
        assert.equal(opened.Event, 'open_product_account_register')
        assert.deepEqual(opened.OpenProductAccountRegister, { status: 2 })

        await merchant.post(applyScene.path, { scene_group_id: 3 })
        await decideLatest(server, merchant, 'shop_scene', 'reject', 'not enabled')
        const refused = (await receiver.waitFor(2)).message
        assert.equal(refused.Event, 'open_product_scene_group_audit')
        assert.deepEqual(refused.SceneGroupAudit, {
          group_id: 3,
          reason: 'not enabled',
          name: 'order centre',
          scene_group_ext_list: [
            { ext_id: 1, status: 2, name: 'customer service' },
            { ext_id: 2, status: 2, name: 'shop' },
          ],
        })
        const { data } = (await merchant.post(registerCheck.path, {})).json
        assert.deepEqual(
          data.scene_group_list.map(({ group_id, status }: Record<string, unknown>) => [group_id, status]),
          [
            [1, 3],
            [3, 2],
          ],
        )
      })
    }

    test('loses categories and brands when it is cancelled, and reports it', async () => {
      await using server = await startTestServer(kind)
      await using receiver = await startReceiver()
      const merchant = await newShop(server)
      const uploaded = await merchant.upload(pictures.imgUpload.path, aFile(await aPicture()), { resp_type: '1' })
      const document = uploaded.json.img_info.temp_img_url
      const apply = async () => [
        (await merchant.post(categories.auditCategory.path, aCategory([document], [document]))).json,
        (await merchant.post(auditBrand.path, aBrand(document))).json,
      ]
      const lists = async () => [
        (await merchant.post(getCategoryList.path, {})).json.data.length,
        (await merchant.post(getBrandList.path, {})).json.data.length,
      ]
      for (const { audit_id } of await apply()) await decide(server, audit_id, 'approve')
      assert.deepEqual(await lists(), [1, 1])

      await callBackTo(server, merchant, receiver)
      assert.equal((await setShopStatus(server, merchant, 'cancelled')).status, 'cancelled')
      const { Event, OpenProductAccountRegister } = (await receiver.waitFor(1)).message
      assert.deepEqual([Event, OpenProductAccountRegister], ['open_product_account_register', { status: 10 }])
      await setShopStatus(server, merchant, 'cancelled')

      await openShop(server, merchant)
      assert.deepEqual((await receiver.waitFor(2)).message.OpenProductAccountRegister, { status: 2 })
      assert.deepEqual(await lists(), [0, 0])
      assert.deepEqual(
        (await apply()).map(({ errcode }) => errcode),
        [0, 0],
      )
      const entries = await server.services.db
        .selectFrom('audit_entry')
        .select(['actor', 'detail'])
        .where('action', '=', 'shop.set_status')
        .execute()
      assert.deepEqual(
        entries.map(({ actor, detail }) => [actor, JSON.parse(detail)]),
        [['key:first', { from: 'connected', to: 'cancelled' }]],
      )
    })

    test('allows the approval of a pending application only while it is open', async () => {
      await using server = await startTestServer(kind)
      const merchant = await newShop(server)
      const uploaded = await merchant.upload(pictures.imgUpload.path, aFile(await aPicture()), { resp_type: '1' })
      const document = uploaded.json.img_info.temp_img_url
      await merchant.post(categories.auditCategory.path, aCategory([document], [document]))
      await merchant.post(auditBrand.path, aBrand(document))
      await merchant.post(applyScene.path, { scene_group_id: 3 })
      const { items } = await server.api.call(api.listApplications, {
        query: { appid: merchant.appid, state: 'under_review' },
      })
      assert.equal(items.length, 3)
      await setShopStatus(server, merchant, 'cancelled')
      for (const { id } of items) {
        await assert.rejects(decide(server, id, 'approve'), apiProblem('shop.not_connected', 409))
      }
      await openShop(server, merchant)
      for (const { id } of items) assert.equal((await decide(server, id, 'approve')).state, 'approved')
    })

    test('reaches another server within three seconds of a change', async (t) => {
      await using server = await startTestServer(kind)
      const { db, issuer } = server.services
      const merchant = await newShop(server)
      issuer.callers.empty()
      let now = performance.now()
      t.mock.method(performance, 'now', () => now)
      const ask = async () => (await merchant.post(categories.catGet.path, {})).json.errcode
      assert.equal(await ask(), 0)
      // As another process does it: without telling this one.
      const set = { banned_at: server.clock.now().getTime() }
      await db.updateTable('shop_access').set(set).where('account_id', '=', merchant.accountId).execute()
      // No other process writes to SQLite's file; who does so by hand waits for a minute.
      now += CALLER_TTL_MS[kind.name === 'sqlite' ? 'alone' : 'shared'] - 1
      assert.equal(await ask(), 0)
      now += 1
      assert.equal(await ask(), 48004)
    })

    test('opens an approved scene to the audit calls at once', async () => {
      await using server = await startTestServer(kind)
      const merchant = await newShop(server)
      const uploaded = await merchant.upload(pictures.imgUpload.path, aFile(await aPicture()), { resp_type: '1' })
      const document = uploaded.json.img_info.temp_img_url
      const apply = async () =>
        (
          await merchant.post(
            categories.auditCategory.path,
            aCategory([document], [document], { scene_group_list: [1, 3] }),
          )
        ).json
      assert.equal((await apply()).errcode, 1000042)
      await merchant.post(applyScene.path, { scene_group_id: 3 })
      assert.equal((await apply()).errcode, 1000042)
      await decideLatest(server, merchant, 'shop_scene', 'approve')
      assert.equal((await apply()).errcode, 0)
    })
  })
}
