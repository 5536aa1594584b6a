import assert from 'node:assert/strict'
import { test } from 'node:test'
import { devices } from '@shenpi/sdk/contract/devices'
import { DATABASES } from '../databases.ts'
import { startTestServer } from '../start-server.ts'
import { DEVICE_CALLS, DEVICE_CASES } from './devices.cases.ts'
import { runCases } from './wire-case.ts'

runCases('devices', DEVICE_CALLS, DEVICE_CASES)

for (const kind of DATABASES) {
  test(`devices, pages and groups want POST, a token and a body on ${kind.name}`, async () => {
    await using server = await startTestServer(kind, { env: { SANDBOX_APPROVE: 'all' } })
    for (const { path } of Object.values(devices)) {
      assert.equal((await server.sandbox.get(path)).json.errcode, 43002, path)
      assert.equal((await server.sandbox.post(path, '')).json.errcode, 44002, path)
      assert.equal((await server.sandbox.post(path, '{')).json.errcode, 47001, path)
      const { errcode } = (await (await fetch(server.url + path, { method: 'POST', body: '{}' })).json()) as {
        errcode: number
      }
      assert.equal(errcode, 41001, path)
    }
  })
}
