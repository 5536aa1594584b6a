import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wayOut } from './way-out.ts'

test('a receiver that never answers is given up when a server would be', async () => {
  const refuse = () => assert.fail('the network is asked')
  const { send } = wayOut(new Map([['slow.test', () => new Promise<undefined>(() => {})]]), {
    send: refuse,
    cutOff: refuse,
    close: refuse,
  })
  const request = { accountId: 1, method: 'POST', url: 'http://slow.test/', timeoutMs: 1, maxBytes: 1 } as const
  await assert.rejects(send(request), { reason: 'timeout' })
})
