import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { test } from 'node:test'
import { LoadClient, toGetRequest } from './load.ts'

test('a load client opens a connection anew that the server closed while it was idle', {
  timeout: 20_000,
}, async (t) => {
  const sockets: Socket[] = []
  const server = createServer((_request, response) => response.end('{"errcode":0}')).listen(0, '127.0.0.1')
  server.on('connection', (socket) => sockets.push(socket))
  await once(server, 'listening')
  t.after(() => server.close().closeAllConnections())
  const { port } = server.address() as AddressInfo
  using client = await LoadClient.open({ url: `http://127.0.0.1:${port}`, pid: process.pid })

  const ask = () => client.run(() => toGetRequest('/', {}), 1)
  const { answers } = await ask()
  // Each is closed when the client has ended it as well.
  await Promise.all(sockets.splice(0).map((socket) => once(socket.end(), 'close')))
  assert.ok(answers > 0 && (await ask()).answers > 0)
  assert.equal(sockets.length, 32)
})
