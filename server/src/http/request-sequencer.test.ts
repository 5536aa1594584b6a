import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { test } from 'node:test'
import { RequestSequencer } from './request-sequencer.ts'

test('requests that wait when their connection closes end without stacks, and later errors have stacks', async () => {
  const errors: Error[] = []
  const { promise: allRead, resolve } = Promise.withResolvers<void>()
  const sequencer = new RequestSequencer(() => {})
  let read = 0
  const server = createServer((request, response) => {
    request.on('error', (error) => errors.push(error))
    sequencer.take(request, response)
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

test('a connection may keep a few requests waiting where many wait in all, and is closed with more', async () => {
  let read = 0
  let refused = 0
  const sequencer = new RequestSequencer(() => {}, { inAll: 5, ofEach: 2 })
  const server = createServer((request, response) => {
    sequencer.take(request, response)
    if (request.socket.destroyed) refused += 1
    else read += 1
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const send = async (requests: number) => {
    const seen = read + refused + requests
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {})
    client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(requests))
    while (read + refused < seen) await new Promise(setImmediate)
  }
  await send(6)
  await send(3)
  assert.deepEqual([read, refused], [9, 0])
  await send(4)
  assert.deepEqual([read, refused], [12, 1])
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})
