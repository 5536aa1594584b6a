import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { ApiFaultChange } from '@shenpi/sdk/contract/api'
import { findRecord } from '../../src/requests/request-record.store.ts'
import { DATABASES } from '../databases.ts'
import { aBatch } from '../factories.ts'
import { startTestServer, type TestServer, type WireClient } from '../start-server.ts'

const APPLY = '/shakearound/device/applyid'

for (const kind of DATABASES) {
  describe(`faults on the wire on ${kind.name}`, () => {
    let server: TestServer
    let merchant: WireClient
    before(async () => {
      server = await startTestServer(kind, { env: { SANDBOX_APPROVE: 'all', DEVICE_CEILING: '100000' } })
      merchant = server.sandbox
    })
    after(async () => {
      await server[Symbol.asyncDispose]()
    })
    beforeEach(async () => {
      await server.api.deleteFaults({ query: {} })
    })

    const set = (fault: ApiFaultChange, name = 'rule') => server.api.setFault({ params: { name }, body: fault })
    const hitsOf = async (name = 'rule') => (await server.api.getFault({ params: { name }, query: {} })).hits
    const countBatches = async () => {
      const { db } = server.services
      return (await db.selectFrom('device_batch').select('account_id').execute()).length
    }
    /** Apply for a device, with a client that tells how the connection ended. */
    const ask = async (headers: Record<string, string> = {}, signal?: AbortSignal) => {
      const response = await fetch(`${server.url}${APPLY}?access_token=${merchant.token}`, {
        method: 'POST',
        body: JSON.stringify(aBatch({ quantity: 1 })),
        headers,
        ...(signal && { signal }),
      })
      return { status: response.status, headers: response.headers, text: await response.text() }
    }
    /** How many batches some work made. */
    const made = async (work: () => Promise<unknown>) => {
      const earlier = await countBatches()
      await work()
      return (await countBatches()) - earlier
    }
    const errcodeOf = (text: string): number => JSON.parse(text).errcode

    test('refuses a call before anything of it is looked at, with its change undone, and with its change made', async () => {
      for (const [where, changes] of [
        ['before_checks', 0],
        ['before_commit', 0],
        ['after_commit', 1],
      ] as const) {
        await set({ effect: { type: 'errcode', errcode: -1 }, where, times: 1, match: { paths: [APPLY] } })
        const struck = await made(async () => {
          assert.match((await ask()).text, /^\{"errcode":-1,"errmsg":"system error rid: /)
        })
        assert.deepEqual([struck, await hitsOf()], [changes, 1], where)
        assert.equal(await made(async () => assert.equal(errcodeOf((await ask()).text), 0)), 1)
      }
    })

    test('tells the record of a request which rule made its answer, and nobody on the wire', async () => {
      await set({ scenario: 'busy-but-done' }, 'hidden')
      const { text, headers } = await ask()
      assert.doesNotMatch(`${text}${JSON.stringify([...headers])}`, /hidden|inject|fault/)
      await server.services.requests.flush()
      const rid = headers.get('x-shenpi-rid') ?? ''
      const record = await findRecord(server.services.db, { accountId: merchant.accountId, rid })
      assert.equal(errcodeOf(record?.responseBody ?? ''), -1)
    })

    test('closes the connection before the call, after its change, and in the middle of the answer', async () => {
      await set({ effect: { type: 'cut' }, times: 1 })
      assert.equal(await made(() => assert.rejects(ask(), /fetch failed/)), 0)
      await set({ scenario: 'answer-lost' })
      assert.equal(await made(() => assert.rejects(ask(), /fetch failed/)), 1)
      await set({ scenario: 'answer-broken-off' })
      assert.equal(await made(() => assert.rejects(ask(), /terminated/)), 1)
    })
  })
}
