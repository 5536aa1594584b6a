import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { applyForCategory } from './apply-for-category.ts'
import { DATABASES } from './databases.ts'
import { decide } from './decide.ts'
import { aBatch, aCategory } from './factories.ts'
import { openShop } from './open-shop.ts'
import { startTestServer } from './start-server.ts'

for (const kind of DATABASES) {
  describe(`what staff read of accounts on ${kind.name}`, () => {
    test('finds accounts by name, appid, number and what is the matter with them, page by page', async () => {
      await using server = await startTestServer(kind)
      const { api } = server
      const [one, two, three] = [
        await server.newAccount('深圳一号店'),
        await server.newAccount('深圳二号店'),
        await server.newAccount('广州店'),
      ]
      const find = async (query: Parameters<typeof api.listAccounts>[0] extends infer A ? A : never) =>
        (await api.listAccounts(query)).items.map(({ name }) => name)
      assert.deepEqual(await find({ query: { q: '深圳' } }), ['深圳一号店', '深圳二号店'])
      assert.deepEqual(await find({ query: { q: one.appid } }), ['深圳一号店'])
      assert.deepEqual(await find({ query: { q: String(three.accountId) } }), ['广州店'])
      assert.deepEqual(await find({ query: { q: '上海' } }), [])
      const first = await api.listAccounts({ query: { q: '深圳', limit: 1 } })
      assert.ok(first.next_cursor)
      assert.deepEqual(await find({ query: { q: '深圳', limit: 1, cursor: first.next_cursor } }), ['深圳二号店'])
      await api.setAccountState({ params: { appid: two.appid }, body: { frozen: true } })
      await api.setAccountState({ params: { appid: three.appid }, body: { secret_frozen: true, verified: false } })
      assert.deepEqual(await find({ query: { having: 'frozen' } }), ['深圳二号店'])
      assert.deepEqual(await find({ query: { having: 'secret_frozen' } }), ['广州店'])
      assert.deepEqual(await find({ query: { having: 'unverified' } }), ['广州店'])
    })

    test('lists batches and devices, those of a batch, those that show pages, and one by its identity', async () => {
      await using server = await startTestServer(kind, { env: { SANDBOX_APPROVE: 'all' } })
      const { api, sandbox } = server
      const params = { appid: sandbox.appid }
      for (const quantity of [3, 2]) {
        const applied = await sandbox.post('/shakearound/device/applyid', aBatch({ quantity }))
        assert.equal(applied.json.errcode, 0, applied.text)
      }
      const { items: batches } = await api.listDeviceBatches({ params })
      assert.deepEqual(
        batches.map(({ quantity }) => quantity),
        [2, 3],
      )
      const [last, before] = batches
      assert.ok(last && before)
      const find = async (query: object) => (await api.listDevices({ params, query })).items
      assert.equal((await find({})).length, 5)
      assert.deepEqual(
        (await find({ batch: last.application })).map(({ device_id }) => device_id),
        [last.first_device_id, last.last_device_id],
      )
      const page = await api.listDevices({ params, query: { limit: 2 } })
      assert.ok(page.next_cursor)
      const next = await api.listDevices({ params, query: { limit: 2, cursor: page.next_cursor } })
      assert.equal(next.items[0]?.device_id, before.first_device_id + 2)
      const [device] = next.items
      assert.ok(device)
      const { uuid, major, minor } = device
      assert.deepEqual(await find({ q: `${uuid} ${major} ${minor}` }), [device])
      assert.deepEqual(await find({ q: String(device.device_id) }), [device])
      assert.deepEqual(await find({ q: '999999999' }), [])
      assert.deepEqual(await find({ q: 'front door' }), [])
      await sandbox.post('/shakearound/device/bindlocation', { device_identifier: { device_id: device.device_id } })
      assert.deepEqual(await find({ having: 'shaken' }), [])
      assert.deepEqual(await find({ having: 'with_pages' }), [])
      await assert.rejects(api.listDevices({ params, query: { batch: '999-1' } }), /apply_id/)
    })

    test('tells the grants of an account, and how often it has called today', async () => {
      await using server = await startTestServer(kind)
      const { api } = server
      const shop = await server.newAccount('店')
      await openShop(server, shop)
      const params = { appid: shop.appid }
      const id = await applyForCategory(shop)
      assert.deepEqual((await api.listCategoryGrants({ params })).items, [])
      await decide(server, id, 'approve')
      const [grant] = (await api.listCategoryGrants({ params })).items
      assert.deepEqual(
        [grant?.application, grant?.third_cat_id],
        [`${shop.accountId}-2`, aCategory([], []).audit_req.category_info.level3],
      )
      assert.deepEqual((await api.listBrandGrants({ params })).items, [])
      const usage = await api.getUsage({ params })
      assert.equal(usage.items.find(({ path }) => path === '/shop/audit/audit_category')?.used, 1)
    })
  })
}
