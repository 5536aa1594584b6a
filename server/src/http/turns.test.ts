import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { test } from 'node:test'
import { Turns } from './turns.ts'

test('requests that wait when their connection closes end without stacks, and later errors have theirs', async () => {
  const errors: Error[] = []
  const { promise: allRead, resolve } = Promise.withResolvers<void>()
  const turns = new Turns(() => {})
  let read = 0
  const server = createServer((request, response) => {
    request.on('error', (error) => errors.push(error))
    turns.take(request, response)
    read += 1
    if (read === 3) resolve()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const closed = new Promise((done) => server.once('connection', (socket) => socket.once('close', done)))
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {})
  client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(3))
  await allRead
  server.closeAllConnections()
  await closed
  await new Promise((done) => server.close(done))
  assert.deepEqual(
    errors.map(({ stack }) => stack?.includes('\n    at ')),
    [false, false, false],
  )
  assert.match(new Error('later').stack ?? '', /\n {4}at /)
})
