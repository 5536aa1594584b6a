import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { activations, categories, shopAccess } from '@shenpi/sdk'
import { api } from '@shenpi/sdk/contract/api'
import { DATABASES, type DatabaseKind } from '../../test/databases.ts'
import { aRegistration } from '../../test/factories.ts'
import { setShopStatus } from '../../test/open-shop.ts'
import { startTestServer, type TestServer } from '../../test/start-server.ts'
import { inDataDir } from '../data-dir/data-dir.ts'

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
    test('has the shop component open without an application, unless it was closed', async () => {
      await inTurn(kind, [
        async (server) => {
          assert.equal(await errcodeOf(server, categories.catGet), 0)
          assert.equal(await errcodeOf(server, shopAccess.registerCheck), 0)
          assert.equal(await errcodeOf(server, shopAccess.registerApply), 1050011)
        },
        async (server) => {
          assert.deepEqual(await actionsOf(server), ['account.create', 'shop.open', 'shop.set_miniapp_certificates'])
          await setShopStatus(server, server.sandbox, 'cancelled')
        },
        async (server) => assert.equal(await errcodeOf(server, categories.catGet), 48001),
      ])
    })

    test('may be unverified when a server starts', async () => {
      const looks: Look[] = [
        async ({ api: client, sandbox }) => {
          await client.call(api.setAccountState, { params: { appid: sandbox.appid }, body: { verified: false } })
        },
        async (server) => assert.equal(await errcodeOf(server, categories.catGet), 0),
      ]
      await inTurn(kind, looks, { SANDBOX_APPROVE: 'all' })
    })

    test('has it opened on a database of an older release, which keeps its settings', async () => {
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

const PUBLISHED = '/wx_shake_bus/0/1428565236d03d864b7f43db9ce34df5f720509d0e/0'
const statusOf = async ({ url }: TestServer) => (await fetch(url + PUBLISHED)).status

for (const kind of DATABASES) {
  test(`the published document is known to every account on ${kind.name}`, async () => {
    await using server = await startTestServer(kind)
    const request = aRegistration({ industry_id: '0203', qualification_cert_urls: [`http://shp.qpic.cn${PUBLISHED}`] })
    for (const account of [await server.newAccount(), await server.newAccount()]) {
      const { json } = await account.post(activations.accountRegister.path, request)
      assert.equal(json.errcode, 0, json.errmsg)
    }
  })

  test(`the sandbox repairs its damaged picture at the next start on ${kind.name}`, async () => {
    await inTurn(kind, [
      async (server) => {
        assert.equal(await statusOf(server), 200)
        const { digest } = await server.services.db.selectFrom('picture').select('digest').executeTakeFirstOrThrow()
        await writeFile(join(inDataDir(server.place.dataDir).pictures, digest.slice(0, 2), digest), '')
        assert.equal(await statusOf(server), 404)
      },
      async (server) => assert.equal(await statusOf(server), 200),
    ])
  })
}

for (const kind of DATABASES.filter(({ name }) => name === 'postgres')) {
  test('the published document exists on every server of a database', async () => {
    await using one = await startTestServer(kind)
    await using files = await kind.place()
    const two = await startTestServer(kind, {
      place: { ...files, databaseUrl: one.place.databaseUrl },
      clock: one.clock,
    })
    try {
      assert.deepEqual([await statusOf(one), await statusOf(two)], [200, 200])
    } finally {
      await two.stop()
    }
  })
}
