import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { listen, listenWith } from '../../test/listener.ts'
import { createOutbound, type OutboundRequest } from './outbound.ts'

const LOCAL = ['127.0.0.0/8', '::1/128']

function aRequest(url: string, overrides: Partial<OutboundRequest> = {}): OutboundRequest {
  return { accountId: 1, method: 'GET', url, timeoutMs: 5000, maxBytes: 1000, ...overrides }
}

test('a request to an allowed range returns the whole answer', async (t) => {
  await using listener = await listen(async (request, response) => {
    const body = Buffer.concat(await request.toArray())
    response.writeHead(201, { 'X-Seen': `${request.method} ${request.url}`, 'Set-Cookie': ['a=1', 'b=2'] })
    response.end(`${request.headers.host} ${request.headers['accept-encoding']} ${request.headers.x} ${body}`)
  })
  const outbound = createOutbound({ allow: LOCAL })
  t.after(outbound.close)

  const url = `http://127.0.0.1:${listener.port}/a%20b?c=d#e`
  const headers = { X: 'y', Host: 'other.test', 'Accept-Encoding': 'gzip' }
  const answer = await outbound.send(aRequest(url, { method: 'POST', headers, body: '早上好' }))
  assert.equal(answer.status, 201)
  assert.equal(answer.headers['x-seen'], 'POST /a%20b?c=d')
  assert.equal(answer.headers['set-cookie'], 'a=1, b=2')
  assert.equal(answer.body.toString(), `127.0.0.1:${listener.port} identity y 早上好`)
  assert.ok(answer.durationMs >= 0)
})

test('the system resolver is the default', async (t) => {
  await using listener = await listen((_request, response) => response.end('hello'))
  const allowing = createOutbound({ allow: LOCAL })
  const refusing = createOutbound({ allow: [] })
  t.after(() => Promise.all([allowing.close(), refusing.close()]))

  const request = aRequest(`http://localhost:${listener.port}/`)
  assert.equal((await allowing.send(request)).body.toString(), 'hello')
  await assert.rejects(refusing.send(request), { name: 'OutboundRefused', reason: 'address' })
  assert.equal(listener.connections.length, 1)
})

test('a name is resolved once, and no later answer moves the connection', async (t) => {
  await using listener = await listen((request, response) => response.end(request.socket.localAddress))
  const answers = ['127.0.0.2', '10.0.0.1']
  let asked = 0
  const resolve = async () => [answers[asked++] ?? 'asked too often']
  const outbound = createOutbound({ allow: LOCAL, resolve })
  t.after(outbound.close)

  const request = aRequest(`http://rebinding.test:${listener.port}/`)
  assert.match((await outbound.send(request)).body.toString(), /127\.0\.0\.2$/)
  assert.equal(asked, 1)
  await assert.rejects(outbound.send(request), { reason: 'address' })
  assert.equal(asked, 2)
  assert.equal(listener.connections.length, 1)
})

test('a name that turns from public to loopback never connects to loopback', async (t) => {
  await using listener = await listen((_request, response) => response.end())
  let asked = 0
  // A documentation address plays the public one: no test should knock on a real door.
  const resolve = async () => [asked++ === 0 ? '203.0.113.1' : '127.0.0.1']
  const outbound = createOutbound({ allow: ['203.0.113.0/24'], resolve })
  t.after(outbound.close)

  // Nobody answers there; whether that is a time-out or an error depends on the network.
  const request = aRequest(`http://rebinding.test:${listener.port}/`, { timeoutMs: 50 })
  await assert.rejects(outbound.send(request), ({ reason }) => reason === 'timeout' || reason === 'connect')
  assert.equal(asked, 1)
  assert.equal(listener.connections.length, 0)
})

test('a kept connection is used again only while the name has the same addresses', async (t) => {
  await using listener = await listen((request, response) => response.end(request.socket.localAddress))
  let address = '127.0.0.1'
  const outbound = createOutbound({ allow: LOCAL, resolve: async () => [address] })
  t.after(outbound.close)

  const request = aRequest(`http://moving.test:${listener.port}/`)
  for (let sent = 0; sent < 10; sent++) {
    assert.match((await outbound.send(request)).body.toString(), /127\.0\.0\.1$/)
  }
  assert.ok(listener.connections.length < 10)
  address = '127.0.0.2'
  assert.match((await outbound.send(request)).body.toString(), /127\.0\.0\.2$/)
})

test('only so many origins keep their connections', async (t) => {
  await using listener = await listen((_request, response) => response.end())
  const outbound = createOutbound({ allow: LOCAL, resolve: async () => ['127.0.0.1'] })
  t.after(outbound.close)

  const send = (host: number) => outbound.send(aRequest(`http://host-${host}.test:${listener.port}/`))
  await send(0)
  assert.ok(listener.connections[0])
  const closed = once(listener.connections[0], 'close')
  for (let host = 1; host <= 64; host++) await send(host)
  await closed
  await Promise.all(Array.from({ length: 100 }, (_, host) => send(host)))
})

test('a second address is tried when the first does not answer', async (t) => {
  const server = createServer()
  server.listen(0, '127.0.0.3')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.on('connection', (socket) => socket.end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n'))
  const outbound = createOutbound({ allow: LOCAL, resolve: async () => ['127.0.0.2', '127.0.0.3'] })
  t.after(() => Promise.all([outbound.close(), server.close()]))

  assert.equal((await outbound.send(aRequest(`http://two.test:${port}/`))).status, 204)
})

test('a redirect is an answer unless redirects are followed', async (t) => {
  await using inner = await listen((_request, response) => response.end('secret'))
  await using outer = await listen((_request, response) => {
    response.writeHead(302, { location: `http://127.0.0.1:${inner.port}/` }).end()
  })
  const outbound = createOutbound({ allow: LOCAL })
  t.after(outbound.close)

  const answer = await outbound.send(aRequest(`http://127.0.0.1:${outer.port}/`))
  assert.equal(answer.status, 302)
  assert.equal(answer.headers.location, `http://127.0.0.1:${inner.port}/`)
  assert.equal(inner.connections.length, 0)
})

test('a body of exactly the limit is accepted, and one byte more is refused', async (t) => {
  const cutOff = Promise.withResolvers<void>()
  await using listener = await listen((request, response) => {
    response.write(Buffer.alloc(1000))
    if (request.url === '/just') return response.end()
    response.on('close', cutOff.resolve)
    response.write('x')
  })
  const outbound = createOutbound({ allow: LOCAL })
  t.after(outbound.close)

  const origin = `http://127.0.0.1:${listener.port}`
  assert.equal((await outbound.send(aRequest(`${origin}/just`))).body.length, 1000)
  const refused = { reason: 'too_large', message: 'The answer has more than 1000 bytes.' }
  await assert.rejects(outbound.send(aRequest(`${origin}/endless`)), refused)
  await cutOff.promise
})

test('the timeout covers a resolver, a receiver and a body that never end', async (t) => {
  await using silent = await listen(() => {})
  await using slow = await listen((_request, response) => void response.write('a little'))
  await using deaf = await listenWith(createServer())
  const resolve = (hostname: string) =>
    hostname === 'lost.test' ? new Promise<string[]>(() => {}) : Promise.resolve(['127.0.0.1'])
  const outbound = createOutbound({ allow: LOCAL, resolve })
  t.after(outbound.close)

  const ports = [`http://silent.test:${silent.port}`, `http://slow.test:${slow.port}`, `https://deaf.test:${deaf.port}`]
  for (const url of ['http://lost.test/?key=s3cret', ...ports]) {
    const message = `${new URL(url).hostname} did not answer within 50 ms.`
    await assert.rejects(outbound.send(aRequest(url, { timeoutMs: 50 })), { reason: 'timeout', message })
  }
})

test("the caller's signal ends a request with the caller's reason", async (t) => {
  const caller = new AbortController()
  await using listener = await listen(() => caller.abort(new Error('the server stops')))
  const outbound = createOutbound({ allow: LOCAL })
  t.after(outbound.close)

  const request = aRequest(`http://127.0.0.1:${listener.port}/`, { signal: caller.signal })
  await assert.rejects(outbound.send(request), { message: 'the server stops' })
  await assert.rejects(outbound.send(request), { message: 'the server stops' })
  assert.equal(listener.connections.length, 1)
})

test('a name without addresses is refused', async (t) => {
  const answers = [Promise.resolve([]), Promise.reject(new Error('ENOTFOUND'))]
  const outbound = createOutbound({ allow: [], resolve: () => answers.pop() ?? assert.fail() })
  t.after(outbound.close)

  const refused = { reason: 'dns', message: 'nowhere.test cannot be resolved to an address.' }
  await assert.rejects(outbound.send(aRequest('http://nowhere.test/')), refused)
  await assert.rejects(outbound.send(aRequest('http://nowhere.test/')), refused)
})

test('a connection that fails or breaks is refused', async (t) => {
  const closed = await listen(() => {})
  await closed[Symbol.asyncDispose]()
  await using breaking = await listen((request) => request.socket.destroy())
  await using halfway = await listen((request, response) => response.write('a', () => request.socket.destroy()))
  await using babbling = await listenWith(createServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n')))
  const outbound = createOutbound({ allow: LOCAL })
  t.after(outbound.close)

  for (const { port } of [closed, breaking, halfway, babbling]) {
    await assert.rejects(outbound.send(aRequest(`http://127.0.0.1:${port}/?key=s3cret`)), {
      reason: 'connect',
      message: /^The connection to 127\.0\.0\.1 failed \(\w+\)\.$/,
    })
  }
})

test('close aborts what is in flight', async () => {
  const outbound = createOutbound({ allow: LOCAL })
  await using listener = await listen(() => void outbound.close())
  await assert.rejects(outbound.send(aRequest(`http://127.0.0.1:${listener.port}/`)), { reason: 'connect' })
})
