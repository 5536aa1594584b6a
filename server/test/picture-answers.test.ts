import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile, truncate, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { inDataDir } from '../src/data-dir/data-dir.ts'
import { digestOf } from '../src/pictures/disk-store.ts'
import { storePicture } from '../src/pictures/store-picture.ts'
import { DATABASES } from './databases.ts'
import { startTestServer, type TestServer } from './start-server.ts'

const MEGABYTE = 1024 * 1024

describe('a picture', () => {
  let server: TestServer
  before(async () => {
    const [kind] = DATABASES
    assert.ok(kind)
    server = await startTestServer(kind)
  })
  after(() => server.stop())

  async function store(bytes: Buffer) {
    const { pictures } = server.services
    const digest = digestOf(bytes)
    const picture = { bytes, mediaType: 'image/png' as const, width: 1, height: 1 }
    const key = await storePicture(pictures, server.sandbox.accountId, picture, 'license')
    const file = join(inDataDir(server.place.dataDir).pictures, digest.slice(0, 2), digest)
    return { path: `/mmbiz/${key}/0`, file }
  }

  async function ask(path: string, method: string) {
    const response = await fetch(server.url + path, { method })
    const { byteLength } = await response.arrayBuffer()
    return { status: response.status, length: Number(response.headers.get('content-length')), byteLength }
  }

  test('is not held in memory for each client that reads slowly, be it of many megabytes', async () => {
    const { path } = await store(randomBytes(8 * MEGABYTE))
    const { hostname, port } = new URL(server.url)
    const held = () => process.memoryUsage().arrayBuffers
    const before = held()
    const clients: Socket[] = []
    for (let count = 0; count < 40; count += 1) {
      const client = connect(Number(port), hostname)
      client.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`)
      await once(client, 'readable')
      clients.push(client)
    }
    const grown = (held() - before) / MEGABYTE
    for (const client of clients) client.destroy()
    assert.ok(grown < 160, `${grown} MB for 40 clients that read nothing of 8 MB`)
  })

  for (const [what, damage] of [
    ['that is cut off', (file: string) => truncate(file, 1000)],
    ['that was found damaged', async (file: string) => writeFile(file, (await readFile(file)).fill(0, 1))],
  ] as const) {
    test(`${what} is answered 404, also to a HEAD`, async () => {
      const { path, file } = await store(Buffer.concat([randomBytes(MEGABYTE), Buffer.of(1)]))
      for (const method of ['GET', 'HEAD']) {
        const { status, length, byteLength } = await ask(path, method)
        assert.deepEqual([status, length, byteLength], [200, MEGABYTE + 1, method === 'GET' ? MEGABYTE + 1 : 0])
      }
      await damage(file)
      for (const method of ['GET', 'HEAD']) assert.equal((await ask(path, method)).status, 404)
    })
  }
})
