import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { shopAccess, shops } from '@shenpi/sdk'
import { api } from '@shenpi/sdk/contract/api'
import { DATABASES, type DatabaseKind } from '../../test/databases.ts'
import { setShopStatus } from '../../test/open-shop.ts'
import { startTestServer, type TestServer } from '../../test/start-server.ts'

type Look = (server: TestServer) => Promise<void>

/**
 * Start one server after the other on the same place, and look at each while it runs.
 *
 * @param lastEnv the environment of the last
 */
async function inTurn(kind: DatabaseKind, looks: readonly Look[], lastEnv: Record<string, string> = {}): Promise<void> {
  await using place = await kind.place()
  for (const look of looks) {
    const server = await startTestServer(kind, { place, env: look === looks.at(-1) ? lastEnv : {} })
    try {
      await look(server)
    } finally {
      await server.stop()
    }
  }
}

const errcodeOf = async ({ sandbox }: TestServer, { path }: { path: string }) =>
  (await sandbox.post(path, {})).json.errcode

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
    test('has the shop component open, once and without an application; what was closed stays closed', async () => {
      await inTurn(kind, [
        async (server) => {
          assert.equal(await errcodeOf(server, shops.catGet), 0)
          assert.equal(await errcodeOf(server, shopAccess.registerCheck), 0)
          assert.equal(await errcodeOf(server, shopAccess.registerApply), 1050011)
        },
        async (server) => {
          assert.deepEqual(await actionsOf(server), ['account.create', 'shop.open', 'shop.set_miniapp_certificates'])
          await setShopStatus(server, server.sandbox, 'cancelled')
        },
        async (server) => assert.equal(await errcodeOf(server, shops.catGet), 48001),
      ])
    })

    test('that is not verified does not keep a server from starting', async () => {
      const looks: Look[] = [
        async ({ api: client, sandbox }) => {
          await client.call(api.setAccountState, { params: { appid: sandbox.appid }, body: { verified: false } })
        },
        async (server) => assert.equal(await errcodeOf(server, shops.catGet), 0),
      ]
      await inTurn(kind, looks, { SANDBOX_APPROVE: 'all' })
    })

    test('gets it opened on a database of an older release, what was set of it included', async () => {
      await inTurn(kind, [
        async ({ services: { db }, sandbox }) => {
          await sandbox.post(shopAccess.updateInfo.path, { service_agent_type: [0] })
          await db.updateTable('shop_access').set({ connected_at: null }).execute()
        },
        async ({ sandbox }) => {
          const { json } = await sandbox.post(shopAccess.getInfo.path, {})
          assert.deepEqual(json.data.service_agent_type, [0])
        },
      ])
    })
  })
}
