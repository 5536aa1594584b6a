import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { shopAccess, shops } from '@shenpi/sdk'
import { api } from '@shenpi/sdk/contract/api'
import { DATABASES } from '../../test/databases.ts'
import { setShopStatus } from '../../test/open-shop.ts'
import { startTestServer, type TestServer } from '../../test/start-server.ts'

const actionsOf = async ({ services: { db }, sandbox }: TestServer) => {
  const entries = await db
    .selectFrom('audit_entry')
    .select('action')
    .where('account_id', '=', sandbox.accountId)
    .orderBy('entry_no')
    .execute()
  return entries.map(({ action }) => action)
}

for (const kind of DATABASES) {
  describe(`the sandbox’s account on ${kind.name}`, () => {
    test('has the shop component open, once and without an application', async () => {
      await using place = await kind.place()
      const first = await startTestServer(kind, { place })
      assert.equal((await first.sandbox.post(shops.catGet.path, {})).json.errcode, 0)
      assert.equal((await first.sandbox.post(shopAccess.registerCheck.path, {})).json.data.status, 2)
      assert.equal((await first.sandbox.post(shopAccess.registerApply.path, {})).json.errcode, 1050011)
      await first.stop()
      const second = await startTestServer(kind, { place })
      assert.deepEqual(await actionsOf(second), ['account.create', 'shop.open', 'shop.set_miniapp_certificates'])
      await setShopStatus(second, second.sandbox, 'cancelled')
      await second.stop()
      const third = await startTestServer(kind, { place })
      assert.equal(
        (await third.sandbox.post(shops.catGet.path, {})).json.errcode,
        48001,
        'what was closed stays closed',
      )
      await third.stop()
    })

    test('that is not verified any more does not keep a server from starting', async () => {
      await using place = await kind.place()
      const first = await startTestServer(kind, { place })
      const params = { appid: first.sandbox.appid }
      await first.api.call(api.setAccountState, { params, body: { verified: false } })
      await first.stop()
      const second = await startTestServer(kind, { place, env: { SANDBOX_APPROVE: 'all' } })
      assert.equal((await second.sandbox.post(shops.catGet.path, {})).json.errcode, 0)
      await second.stop()
    })

    test('gets it opened on a database of an older release, what was set of it included', async () => {
      await using place = await kind.place()
      const older = await startTestServer(kind, { place })
      const { sandbox, services } = older
      await sandbox.post(shopAccess.updateInfo.path, { service_agent_type: [0] })
      await services.db.updateTable('shop_access').set({ connected_at: null }).execute()
      await older.stop()
      const newer = await startTestServer(kind, { place })
      const { json } = await newer.sandbox.post(shopAccess.getInfo.path, {})
      assert.deepEqual(json.data.service_agent_type, [0])
      await newer.stop()
    })
  })
}
