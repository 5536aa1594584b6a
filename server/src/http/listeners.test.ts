import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { describe, test } from 'node:test'
import { connect as connectSecurely } from 'node:tls'
import { promisify } from 'node:util'
import { CERTIFICATE, KEY } from '../../test/certificate.ts'
import { answerClientError } from './client-error.ts'
import { Listeners } from './listeners.ts'
import type { Handle } from './request-sequencer.ts'

const answer: Handle = (_request, response) => response.end('ok')

const TLS = { cert: Buffer.from(CERTIFICATE), key: Buffer.from(KEY) }

async function listen(handle: Handle, bounds: ConstructorParameters<typeof Listeners>[1] = {}, tls?: typeof TLS) {
  const listeners = new Listeners(tls, bounds)
  const server = listeners.create(handle)
  server.on('clientError', (error, socket) =>
    listeners.afterAnswers(socket as Socket, () => answerClientError(error, socket as Socket)),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  let isClosed = false
  const close = async (graceMs = 0) => {
    isClosed = true
    await listeners.close(graceMs)
  }
  return {
    server,
    port,
    url: `http://127.0.0.1:${port}`,
    close,
    async [Symbol.asyncDispose]() {
      if (!isClosed) await close()
    },
  }
}

/** A connection that says what it is told to, and counts the answers that come. */
async function open(port: number) {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return talk(socket)
}

async function openSecurely(port: number) {
  const socket = connectSecurely({ port, host: '127.0.0.1', ca: CERTIFICATE, servername: 'receiver.test' })
  await once(socket, 'secureConnect')
  return talk(socket)
}

function talk(socket: Socket) {
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  const text = () => Buffer.concat(chunks).toString('latin1')
  const ended = Promise.race([once(socket, 'end'), once(socket, 'error').then(([error]) => Promise.reject(error))])
  ended.catch(() => {})
  return {
    socket,
    ended,
    text,
    bytes: () => chunks.reduce((sum, { length }) => sum + length, 0),
    answers: () => text().split('HTTP/1.1 ').length - 1,
    statuses: () => [...text().matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status)),
    [Symbol.dispose]: () => socket.destroy(),
  }
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`

async function ask(url: string, agent = new Agent()): Promise<IncomingMessage & { text: string }> {
  const [response] = (await once(httpRequest(url, { agent }).end(), 'response')) as [IncomingMessage]
  return Object.assign(response, { text: Buffer.concat(await response.toArray()).toString() })
}

const connectionsOf = async (server: Server): Promise<number> => await promisify(server.getConnections.bind(server))()

describe('requests that a client pipelines', () => {
  test('are all answered in order', async () => {
    await using server = await listen((request, response) => response.end(`[${request.url}]`))
    using client = await open(server.port)
    const paths = Array.from({ length: 1500 }, (_, index) => `/${index}`)
    client.socket.write(paths.map(get).join(''))
    client.socket.write('GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
    await client.ended
    assert.deepEqual(client.text().match(/(?<=\[)[^\]]+/g), [...paths, '/last'])
  })

  test('have their bodies', async () => {
    const bodies: string[] = []
    await using server = await listen(async (request, response) => {
      bodies.push(Buffer.concat(await request.toArray()).toString())
      response.end()
    })
    using client = await open(server.port)
    const post = (body: string, more = '') =>
      `POST / HTTP/1.1\r\nHost: a\r\n${more}Content-Length: ${body.length}\r\n\r\n${body}`
    const large = 'x'.repeat(300_000)
    client.socket.write(post('a') + post(large) + post('') + post('b', 'Connection: close\r\n'))
    await client.ended
    assert.deepEqual(bodies, ['a', large, '', 'b'])
  })

  test('take turns with those of others', async () => {
    await using server = await listen(answer)
    using client = await open(server.port)
    client.socket.write(get('/').repeat(6000))
    await once(client.socket, 'data')
    for (let count = 0; count < 10; count += 1) await ask(server.url)
    assert.ok(client.answers() < 3000, `${client.answers()} were answered while ten of others were`)
  })

  test('are read no further than one packet while one is handled', async () => {
    let first: ServerResponse | undefined
    let read = 0
    await using listening = await listen((request, response) => {
      if (request.url === '/first') first = response
      else response.end()
    })
    listening.server.on('request', () => {
      read += 1
    })
    using client = await open(listening.port)
    client.socket.write(get('/first') + get('/').repeat(20_000))
    for (let count = 0; count < 20; count += 1) await ask(listening.url)
    // A packet of 64 KB has some 1,900 of them.
    assert.ok(read < 4000, `${read} were read`)
    first?.destroy()
  })

  test('are handled no faster than their client reads the answers', async () => {
    let handled = 0
    const megabyte = Buffer.alloc(1024 * 1024)
    await using server = await listen((request, response) => {
      if (request.url !== '/large') return response.end()
      handled += 1
      response.end(megabyte)
    })
    using client = await open(server.port)
    client.socket.pause()
    client.socket.write(get('/large').repeat(60))
    for (let count = 0; count < 20; count += 1) await ask(server.url)
    assert.ok(handled < 30, `${handled} answers of 1 MB to a client that reads none`)
    client.socket.resume()
    while (client.bytes() < 60 * megabyte.length) await once(client.socket, 'data')
  })

  test('are all answered before bytes that are no request', async () => {
    const waiting: ServerResponse[] = []
    await using server = await listen((_request, response) => {
      waiting.push(response)
      setImmediate(() => response.end())
    })
    using client = await open(server.port)
    client.socket.write(`${get('/').repeat(3)}no request\r\n\r\n`)
    await client.ended
    assert.deepEqual(client.statuses(), [200, 200, 200, 400])
  })
})

describe('connections', () => {
  for (const [name, beginning] of [
    ['that wait between two requests', get('/')],
    ['that never send a byte', ''],
    ['that send half a head', 'GET / HTTP/1.1\r\nHost: '],
  ] as const) {
    test(`${name} make room for new ones, the oldest first`, async () => {
      await using server = await listen(answer, { connections: 6, idleClosedFrom: 4 })
      const clients = []
      for (let count = 0; count < 20; count += 1) {
        const client = await open(server.port)
        client.socket.write(beginning)
        if (beginning === get('/')) await once(client.socket, 'data')
        clients.push(client)
      }
      await Promise.all(clients.slice(0, 16).map(({ ended }) => ended.catch(() => {})))
      for (const { socket, statuses } of clients.slice(16)) {
        assert.ok(!socket.destroyed)
        const before = statuses().length
        socket.write(beginning === get('/') ? get('/') : get('/').slice(beginning.length))
        await once(socket, 'data')
        assert.deepEqual(statuses().slice(before), [200])
        socket.destroy()
      }
    })
  }

  test('stay when they send requests, although they are older than those that send none', async () => {
    await using server = await listen(answer, { connections: 6, idleClosedFrom: 4 })
    using client = await open(server.port)
    for (let count = 1; count <= 20; count += 1) {
      await open(server.port)
      client.socket.write(get('/'))
      while (client.answers() < count) await once(client.socket, 'data')
    }
  })

  test('make room for others when they never finish a handshake', async () => {
    await using server = await listen(answer, { connections: 6, idleClosedFrom: 4 }, TLS)
    using client = await openSecurely(server.port)
    for (let count = 1; count <= 20; count += 1) {
      await open(server.port)
      client.socket.write(get('/'))
      while (client.answers() < count) await once(client.socket, 'data')
    }
    using another = await openSecurely(server.port)
    another.socket.write(get('/'))
    await once(another.socket, 'data')
  })

  test('are limited in number: one more is closed, and those with requests stay', async () => {
    const waiting: ServerResponse[] = []
    await using server = await listen((_request, response) => waiting.push(response), {
      connections: 3,
      idleClosedFrom: 3,
    })
    const clients = []
    for (let count = 1; count <= 3; count += 1) {
      const client = await open(server.port)
      client.socket.write(get('/'))
      while (waiting.length < count) await new Promise(setImmediate)
      clients.push(client)
    }
    using fourth = await open(server.port)
    await fourth.ended.catch(({ code }) => assert.equal(code, 'ECONNRESET'))
    for (const response of waiting) response.end()
    for (const { socket, statuses } of clients) {
      await once(socket, 'data')
      assert.deepEqual(statuses(), [200])
      socket.destroy()
    }
  })
})

describe('a server that stops', () => {
  test('answers what is under way with Connection: close', async () => {
    const waiting: ServerResponse[] = []
    const asked = Promise.withResolvers<void>()
    const server = await listen((_request, response) => {
      waiting.push(response)
      asked.resolve()
    })
    const answered = ask(server.url, new Agent({ keepAlive: true }))
    await asked.promise
    const closed = server.close()
    setImmediate(() => setImmediate(() => waiting[0]?.end('late')))
    const { headers, text } = await answered
    assert.deepEqual([headers.connection, text], ['close', 'late'])
    await closed
  })

  test('answers every request that it has read of a connection, and then closes it', async () => {
    const held = Promise.withResolvers<ServerResponse>()
    const server = await listen((request, response) => {
      if (request.url === '/first') held.resolve(response)
      else response.end()
    })
    using client = await open(server.port)
    client.socket.write(get('/first') + get('/').repeat(500))
    const first = await held.promise
    const closed = server.close()
    setImmediate(() => first.end())
    await client.ended
    assert.equal(client.answers(), 501)
    assert.equal(client.text().match(/connection: close/gi)?.length, 1)
    await closed
  })

  test('answers every request of clients that send one after another, without a reset', async () => {
    for (let round = 0; round < 2; round += 1) {
      const server = await listen(answer)
      const agent = new Agent({ keepAlive: true, maxSockets: 32 })
      let answered = 0
      const failures: string[] = []
      const client = async () => {
        for (;;) {
          try {
            const { statusCode, text } = await ask(server.url, agent)
            assert.deepEqual([statusCode, text], [200, 'ok'])
            answered += 1
          } catch (error) {
            failures.push((error as NodeJS.ErrnoException).code ?? String(error))
            return
          }
        }
      }
      const clients = Array.from({ length: 32 }, client)
      while (answered < 400) await new Promise(setImmediate)
      await server.close(300)
      await Promise.all(clients)
      assert.deepEqual(failures, Array(32).fill('ECONNREFUSED'))
    }
  })

  test('closes a connection between two requests', async () => {
    const server = await listen(answer)
    using client = await open(server.port)
    client.socket.write(get('/'))
    await once(client.socket, 'data')
    await server.close()
    await client.ended
    assert.deepEqual(client.statuses(), [200])
  })

  for (const tls of [undefined, TLS]) {
    const how = tls ? 'TLS' : 'plain HTTP'
    test(`closes connections that have sent nothing, or half a head, without waiting: ${how}`, async () => {
      const server = await listen(answer, { drainMs: 2 ** 31 - 1 }, tls)
      const clients = [await open(server.port), await open(server.port)]
      clients[1]?.socket.write(tls ? Buffer.of(0x16, 3, 1) : 'GET / HTTP/1.1\r\n')
      while ((await connectionsOf(server.server)) < 2) await new Promise(setImmediate)
      await server.close()
      await Promise.all(clients.map(({ ended }) => ended.catch(() => {})))
    })

    test(`closes unanswered connections at the end: ${how}`, async () => {
      const asked = Promise.withResolvers<void>()
      const server = await listen(() => asked.resolve(), { drainMs: 100 }, tls)
      using client = await (tls ? openSecurely(server.port) : open(server.port))
      client.socket.write(get('/'))
      await asked.promise
      await Promise.all([server.close(), client.ended.catch(() => {})])
    })
  }

  test('sends a whole answer to a client that reads slowly', async () => {
    const begun = Promise.withResolvers<void>()
    const server = await listen((_request, response) => {
      response.end(Buffer.alloc(30 * 1024 * 1024))
      begun.resolve()
    })
    using client = await open(server.port)
    client.socket.pause()
    client.socket.write(get('/'))
    await begun.promise
    const closed = server.close()
    // Longer than the first look for connections without a request.
    await new Promise((resolve) => setImmediate(resolve))
    client.socket.resume()
    await client.ended
    assert.ok(client.bytes() > 30 * 1024 * 1024)
    await closed
  })
})
