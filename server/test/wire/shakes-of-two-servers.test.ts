import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { api } from '@shenpi/sdk'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { anAccountWithPages, anOpenAccount, countsOf, hears, shake } from './shaking.ts'

const INFO = '/shakearound/user/getshakeinfo'

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

for (const kind of DATABASES.filter(({ name }) => name !== 'sqlite')) {
  describe(`two servers on one database of ${kind.name}`, () => {
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

    test('add up their counts when they flush at once', async () => {
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
