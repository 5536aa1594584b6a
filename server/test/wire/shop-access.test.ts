import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { shopAccess, shops } from '@shenpi/sdk'
import { api } from '@shenpi/sdk/contract/api'
import type { KindName } from '@shenpi/sdk/contract/kinds'
import { DATABASES } from '../databases.ts'
import { decide } from '../decide.ts'
import { aBrand, aCategory, aFile, aPicture } from '../factories.ts'
import { newShop, openShop, setShopStatus } from '../open-shop.ts'
import { callBackTo, startReceiver } from '../receiver.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'
import { runUnchanged, unshown, type WireCase } from './shop-case.ts'

const { registerApply, registerCheck, finishAccessInfo, applyScene, updateInfo, getInfo } = shopAccess
const { auditBrand, getCategoryList, getBrandList } = shopAccess

/** On an account that never asked for the component. */
const UNCONNECTED: WireCase[] = [
  { name: 'not connected', call: registerCheck, request: {}, errcode: 1040003 },
  { name: 'not connected', call: finishAccessInfo, request: { access_info_item: 6 }, errcode: 1040003 },
  { name: 'not connected', call: applyScene, request: { scene_group_id: 1 }, errcode: 1040003 },
  { name: 'not open', call: getInfo, request: {}, errcode: 48001 },
  { name: 'not open', call: updateInfo, request: { service_agent_type: [0] }, errcode: 48001 },
  { name: 'the first application, in its old form', call: registerApply, request: { action_type: 1 }, errcode: 0 },
  { name: 'again under review', call: registerApply, request: {}, errcode: 1050009 },
  { name: 'under review', call: registerCheck, request: {}, errcode: 1040003 },
  { name: 'under review', call: getInfo, request: {}, errcode: 48001 },
]

const CHANNELS = { group_id: 1, name: 'channels' }

/** On an account that is connected. */
const CONNECTED: WireCase[] = [
  { name: 'nothing set', call: getInfo, request: {}, errcode: 0, answer: { data: { service_agent_type: [] } } },
  { name: 'no type', call: updateInfo, request: {}, errcode: 990007 },
  { name: 'an empty list of types', call: updateInfo, request: { service_agent_type: [] }, errcode: 40097 },
  { name: 'type 3', call: updateInfo, request: { service_agent_type: [3] }, errcode: 40097 },
  { name: 'a path that is not said', call: updateInfo, request: { service_agent_type: [0, 1] }, errcode: 990007 },
  {
    name: 'an empty phone number',
    call: updateInfo,
    request: { service_agent_type: [2], service_agent_phone: '' },
    errcode: 990007,
  },
  {
    name: 'a path that is too long',
    call: updateInfo,
    request: { service_agent_type: [1], service_agent_path: 'p'.repeat(1025) },
    errcode: 990008,
  },
  {
    name: 'an address without its receiver',
    call: updateInfo,
    request: { service_agent_type: [0], default_receiving_address: { detailed_address: '1', tel_number: '1' } },
    errcode: 990007,
  },
  {
    name: 'the old form',
    call: updateInfo,
    request: { service_agent_type: [0, 1], service_agent_path: 'pages/service' },
    errcode: 0,
  },
  {
    name: 'the new form, types as texts',
    call: updateInfo,
    request: {
      service_agent_type: ['0', '2'],
      service_agent_phone: '020-12345678',
      default_receiving_address: { receiver_name: '李雷', detailed_address: '中山大道88号', tel_number: '13800001234' },
    },
    errcode: 0,
  },
  {
    name: 'what was set last',
    call: getInfo,
    request: {},
    errcode: 0,
    answer: {
      data: { service_agent_type: [0, 2], service_agent_phone: '020-12345678', service_agent_path: '' },
    },
  },
  { name: 'connected already', call: registerApply, request: {}, errcode: 1050011 },
  {
    name: 'nothing done',
    call: registerCheck,
    request: {},
    errcode: 0,
    answer: {
      data: {
        status: 2,
        access_info: {
          spu_audit_finished: 0,
          pay_order_finished: 0,
          ec_order_finished: 0,
          open_product_task_finished: 0,
        },
        scene_group_list: [
          {
            ...CHANNELS,
            reason: '',
            status: 3,
            scene_group_ext_list: [
              { ext_id: 1, status: 3 },
              { ext_id: 2, status: 3 },
            ],
          },
        ],
      },
    },
  },
  { name: 'no item', call: finishAccessInfo, request: {}, errcode: 990007 },
  { name: 'an unknown item', call: finishAccessInfo, request: { access_info_item: 12 }, errcode: 40097 },
  { name: 'an item beyond all', call: finishAccessInfo, request: { access_info_item: 21 }, errcode: 40097 },
  { name: 'item 6', call: finishAccessInfo, request: { access_info_item: 6 }, errcode: 0 },
  { name: 'item 6 again', call: finishAccessInfo, request: { access_info_item: 6 }, errcode: 0 },
  { name: 'item 19, newer', call: finishAccessInfo, request: { access_info_item: '19' }, errcode: 0 },
  {
    name: 'goods and orders are done',
    call: registerCheck,
    request: {},
    errcode: 0,
    answer: {
      data: {
        access_info: {
          spu_audit_success: 1,
          spu_audit_finished: 1,
          pay_order_finished: 1,
          ec_order_finished: 1,
          send_delivery_finished: 0,
          open_product_task_finished: 0,
        },
      },
    },
  },
  ...[8, 9, 10, 11].map((access_info_item) => ({
    name: `item ${access_info_item}`,
    call: finishAccessInfo,
    request: { access_info_item },
    errcode: 0,
  })),
  {
    name: 'all is done',
    call: registerCheck,
    request: {},
    errcode: 0,
    answer: { data: { access_info: { deploy_wxa_finished: 1, test_api_finished: 1, open_product_task_finished: 1 } } },
  },
  { name: 'no scene', call: applyScene, request: {}, errcode: 990007 },
  { name: 'a scene that nobody applies for', call: applyScene, request: { scene_group_id: 2 }, errcode: 40097 },
  { name: 'a scene beyond all', call: applyScene, request: { scene_group_id: 4 }, errcode: 40097 },
  { name: 'scene 1', call: applyScene, request: { scene_group_id: 1 }, errcode: 0 },
  { name: 'scene 1 under review', call: applyScene, request: { scene_group: '1' }, errcode: 1050009 },
  {
    name: 'scene 1 is under review',
    call: registerCheck,
    request: {},
    errcode: 0,
    answer: {
      data: { scene_group_list: [{ ...CHANNELS, status: 0, scene_group_ext_list: [{ status: 0 }, { status: 0 }] }] },
    },
  },
]

/** On an account that scene 1 was granted to. */
const GRANTED: WireCase[] = [
  { name: 'scene 1 again', call: applyScene, request: { scene_group_id: 1 }, errcode: 1050011 },
  {
    name: 'scene 1 is open',
    call: registerCheck,
    request: {},
    errcode: 0,
    answer: {
      data: { scene_group_list: [{ ...CHANNELS, status: 1, scene_group_ext_list: [{ status: 1 }, { status: 1 }] }] },
    },
  },
]

/** On that account while it is banned. */
const BANNED: WireCase[] = [
  { name: 'banned', call: registerCheck, request: {}, errcode: 0, answer: { data: { status: 3 } } },
  { name: 'banned', call: registerApply, request: {}, errcode: 1050011 },
  { name: 'banned', call: finishAccessInfo, request: { access_info_item: 6 }, errcode: 48004 },
  { name: 'banned', call: applyScene, request: { scene_group_id: 3 }, errcode: 48004 },
  { name: 'banned', call: getInfo, request: {}, errcode: 48004 },
  { name: 'banned', call: updateInfo, request: { service_agent_type: [0] }, errcode: 48004 },
]

/** On that account after its access was cancelled. */
const CANCELLED: WireCase[] = [
  { name: 'cancelled', call: registerCheck, request: {}, errcode: 1040003 },
  { name: 'cancelled', call: applyScene, request: { scene_group_id: 3 }, errcode: 1040003 },
  { name: 'cancelled', call: getInfo, request: {}, errcode: 48001 },
  { name: 'cancelled', call: registerApply, request: {}, errcode: 0 },
]

export const CASES: readonly WireCase[] = [...UNCONNECTED, ...CONNECTED, ...GRANTED, ...BANNED, ...CANCELLED]

test('every refusal of the calls for the access is shown', () => {
  const calls = [registerApply, registerCheck, finishAccessInfo, applyScene, updateInfo, getInfo]
  assert.deepEqual(unshown(calls, CASES), [])
})

async function decideLatest(
  server: TestServer,
  { appid }: WireClient,
  kind: KindName,
  move: 'approve' | 'reject',
  reason?: string,
) {
  const { items } = await server.api.call(api.listApplications, { query: { appid, kind } })
  assert.ok(items[0])
  return await decide(server, items[0].id, move, reason)
}

for (const kind of DATABASES) {
  describe(`the access to the shop on ${kind.name}`, () => {
    test('the rules of the calls, from nothing to an open scene; another account stays where it was', async () => {
      await using server = await startTestServer(kind)
      const [merchant, other] = [await server.newAccount(), await server.newAccount()]
      const check = async (cases: readonly WireCase[]) => {
        for (const wireCase of cases) await runUnchanged(server.services.db, merchant, wireCase)
      }
      await check(UNCONNECTED)
      const { summary } = await decideLatest(server, merchant, 'shop_registration', 'approve')
      assert.equal(summary, 'open the shop component')
      await check(CONNECTED)
      const scene = await decideLatest(server, merchant, 'shop_scene', 'approve')
      assert.equal(scene.summary, 'scene 1, channels')
      await check(GRANTED)
      await setShopStatus(server, merchant, 'banned')
      await check(BANNED)
      await setShopStatus(server, merchant, 'connected')
      await check(GRANTED)
      await setShopStatus(server, merchant, 'cancelled')
      await check(CANCELLED)
      assert.equal((await other.post(registerCheck.path, {})).json.errcode, 1040003)
      assert.equal((await other.post(getInfo.path, {})).json.errcode, 48001)
      await openShop(server, other)
      assert.deepEqual((await other.post(getInfo.path, {})).json.data.service_agent_type, [])
    })

    for (const format of ['xml', 'json'] as const) {
      test(`the component and a scene are opened, and told in ${format}`, async () => {
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

    test('an access that is cancelled takes categories and brands with it, and is told', async () => {
      await using server = await startTestServer(kind)
      await using receiver = await startReceiver()
      const merchant = await newShop(server)
      const uploaded = await merchant.upload(shops.imgUpload.path, aFile(await aPicture()), { resp_type: '1' })
      const document = uploaded.json.img_info.temp_img_url
      const apply = async () => [
        (await merchant.post(shops.auditCategory.path, aCategory([document], [document]))).json,
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
        [['api_key', { from: 'connected', to: 'cancelled' }]],
      )
    })

    test('what one server changes of an access, another on its database knows within three seconds', async (t) => {
      await using server = await startTestServer(kind)
      const { db, issuer } = server.services
      const merchant = await newShop(server)
      issuer.tokens.clear()
      let now = performance.now()
      t.mock.method(performance, 'now', () => now)
      const ask = async () => (await merchant.post(shops.catGet.path, {})).json.errcode
      assert.equal(await ask(), 0)
      // As another process does it: without telling this one.
      const set = { banned_at: server.clock.now().getTime() }
      await db.updateTable('shop_access').set(set).where('account_id', '=', merchant.accountId).execute()
      now += 2999
      assert.equal(await ask(), 0)
      now += 1
      assert.equal(await ask(), 48004)
    })

    test('a scene that is approved is open to the audit calls at once', async () => {
      await using server = await startTestServer(kind)
      const merchant = await newShop(server)
      const uploaded = await merchant.upload(shops.imgUpload.path, aFile(await aPicture()), { resp_type: '1' })
      const document = uploaded.json.img_info.temp_img_url
      const apply = async () =>
        (await merchant.post(shops.auditCategory.path, aCategory([document], [document], { scene_group_list: [1, 3] })))
          .json
      assert.equal((await apply()).errcode, 1000042)
      await merchant.post(applyScene.path, { scene_group_id: 3 })
      assert.equal((await apply()).errcode, 1000042)
      await decideLatest(server, merchant, 'shop_scene', 'approve')
      assert.equal((await apply()).errcode, 0)
    })
  })
}
