import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { type Listener, listen, listenWith } from '../../test/listener.ts'
import { createOutbound, type OutboundRequest } from './outbound.ts'

function aRequest({ port }: Listener, overrides: Partial<OutboundRequest> = {}): OutboundRequest {
  const url = `http://127.0.0.1:${port}/`
  return { accountId: 1, method: 'POST', url, body: 'hello', timeoutMs: 5000, maxBytes: 1000, ...overrides }
}

function openOutbound(t: TestContext) {
  const outbound = createOutbound({ allow: ['127.0.0.0/8'] })
  t.after(outbound.close)
  return outbound
}

/** A receiver that writes bytes of its own. @param onRequest told once for each request that has come whole */
function listenRaw(onRequest: (socket: Socket, count: number) => void): Promise<Listener> {
  return listenWith(
    createServer((socket) => {
      let count = 0
      let seen = ''
      socket.on('error', () => {})
      socket.on('data', (data) => {
        seen += data
        if (!seen.endsWith('hello')) return
        seen = ''
        onRequest(socket, ++count)
      })
    }),
  )
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nsuccess'

test('an exchange accepts every way in which receivers answer', async (t) => {
  const outbound = openOutbound(t)
  for (const [what, answer] of [
    ['an unasked 100', `HTTP/1.1 100 Continue\r\n\r\n${OK}`],
    ['several of them', `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\nX: y\r\n\r\n${OK}`],
    ['102 and 103', `HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${OK}`],
    ['HTTP/1.0 without a length', 'HTTP/1.0 200 OK\r\n\r\nsuccess'],
    ['HTTP/1.1 without a length', 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nsuccess'],
    [
      'chunks and trailers',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n7\r\nsuccess\r\n0\r\nX: y\r\n\r\n',
    ],
    ['no reason', 'HTTP/1.1 200\r\nContent-Length: 7\r\n\r\nsuccess'],
  ] as const) {
    await using listener = await listenRaw((socket) => {
      socket.write(answer)
      if (!/length:|chunked/i.test(answer)) socket.end()
    })
    const { status, body } = await outbound.send(aRequest(listener))
    assert.deepEqual([status, body.toString()], [200, 'success'], what)
  }
})

test('an exchange returns an unasked compressed answer as it is', async (t) => {
  const packed = gzipSync('success')
  await using listener = await listen((request, response) => {
    assert.equal(request.headers['accept-encoding'], 'identity')
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed)
  })
  const { headers, body } = await openOutbound(t).send(aRequest(listener))
  assert.equal(headers['content-encoding'], 'gzip')
  assert.deepEqual(body, packed)
})

test('a request names its sender and accepts any type of answer', async (t) => {
  await using listener = await listen((request, response) => {
    const { 'user-agent': agent, accept } = request.headers
    response.end(`${agent} ${accept}`)
  })
  const outbound = openOutbound(t)
  const said = (await outbound.send(aRequest(listener))).body.toString()
  assert.match(said, /^Shenpi\/\d+\.\d+\.\d+ \(\+\S+\) \*\/\*$/)
  const { body } = await outbound.send(aRequest(listener, { headers: { Accept: 'image/*' } }))
  assert.match(body.toString(), / image\/\*$/)
})

test('a message goes over a fresh connection when the receiver closed the kept one', async (t) => {
  const outbound = openOutbound(t)
  await using listener = await listenRaw((socket, count) => {
    if (count === 1) socket.write(OK)
    else socket.destroy()
  })
  for (let sent = 0; sent < 3; sent++) assert.equal((await outbound.send(aRequest(listener))).status, 200)
  assert.ok(listener.connections.length > 1)
})

test('a message is repeated over a fresh connection once, and never after part of an answer', async (t) => {
  const outbound = openOutbound(t)
  let requests = 0
  await using closing = await listenRaw((socket) => {
    requests += 1
    if (requests === 1) socket.write(OK)
    else socket.destroy()
  })
  await outbound.send(aRequest(closing))
  await assert.rejects(outbound.send(aRequest(closing)), { reason: 'connect' })
  assert.equal(requests, 3)
  await assert.rejects(outbound.send(aRequest(closing)), { reason: 'connect' })
  assert.equal(requests, 4)

  await using breaking = await listenRaw((socket, count) => {
    socket.write(count === 1 ? OK : OK.slice(0, -3), () => count > 1 && socket.destroy())
  })
  await outbound.send(aRequest(breaking))
  await assert.rejects(outbound.send(aRequest(breaking)), { reason: 'connect' })
  assert.equal(breaking.connections.length, 1)
})

test('close aborts a message that went over a fresh connection', async (t) => {
  const outbound = openOutbound(t)
  let requests = 0
  await using listener = await listenRaw((socket) => {
    requests += 1
    if (requests === 1) socket.write(OK)
    if (requests === 2) socket.destroy()
    if (requests === 3) void outbound.close()
  })
  await outbound.send(aRequest(listener))
  await assert.rejects(outbound.send(aRequest(listener)), { reason: 'connect' })
  assert.equal(requests, 3)
})

test('close aborts a message over a kept connection without repeating it', async (t) => {
  const outbound = openOutbound(t)
  await using listener = await listenRaw((socket, count) => {
    if (count === 1) socket.write(OK)
    else void outbound.close()
  })
  await outbound.send(aRequest(listener))
  await assert.rejects(outbound.send(aRequest(listener)), { reason: 'connect' })
  assert.equal(listener.connections.length, 1)
})

test('an unasked upgrade is refused', async (t) => {
  await using listener = await listenRaw((socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n')
  })
  await assert.rejects(openOutbound(t).send(aRequest(listener)), { reason: 'connect' })
})

test('a connection that the receiver asks to close is closed', async (t) => {
  await using listener = await listen((_request, response) => response.setHeader('connection', 'close').end())
  const outbound = openOutbound(t)
  await outbound.send(aRequest(listener))
  const [socket] = listener.connections
  if (socket && !socket.destroyed) await once(socket, 'close')
  await outbound.send(aRequest(listener))
  assert.equal(listener.connections.length, 2)
})
