import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { api } from '@shenpi/sdk/contract/api'
import { DATABASES } from './databases.ts'
import { aBatch } from './factories.ts'
import { startTestServer } from './start-server.ts'

for (const kind of DATABASES) {
  describe(`the ceiling over HTTP on ${kind.name}`, () => {
    test('holds against 64 applicants at once', async () => {
      await using server = await startTestServer(kind, { env: { SANDBOX_APPROVE: 'all', DEVICE_CEILING: '1000' } })
      const { sandbox } = server
      const answers = await Promise.all(
        Array.from({ length: 64 }, (_, index) =>
          sandbox.post('/shakearound/device/applyid', aBatch({ quantity: 17 + (index % 40) })),
        ),
      )
      const codes = answers.map(({ json }) => json.errcode)
      assert.deepEqual([...new Set(codes)].toSorted(), [0, 9001038])
      const ids: number[] = []
      for (let lastSeen = 0; ; ) {
        const page = await sandbox.post('/shakearound/device/search', { type: 2, last_seen: lastSeen, count: 50 })
        const found: number[] = page.json.data.devices.map(({ device_id }: { device_id: number }) => device_id)
        if (found.length === 0) break
        ids.push(...found)
        lastSeen = found.at(-1) ?? 0
      }
      assert.equal(new Set(ids).size, ids.length)
      const { device_quota: quota } = await server.api.call(api.getAccount, { params: { appid: sandbox.appid } })
      assert.equal(quota.allocated, ids.length)
      assert.ok(ids.length <= 1000 && ids.length > 1000 - 57, String(ids.length))
    })
  })
}
