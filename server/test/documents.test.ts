import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { DATABASES } from './databases.ts'
import { aFile, aPicture } from './factories.ts'
import { startTestServer, type TestServer } from './start-server.ts'

const DOCUMENTS = ['/openapi.json', '/api/v1/openapi.json', '/api/docs']

interface Read {
  status: number
  headers: Record<string, string | string[] | undefined>
  bytes: Buffer
}

describe('the documents that are the same for everybody', () => {
  const [kind] = DATABASES
  assert.ok(kind)
  let server: TestServer
  before(async () => {
    server = await startTestServer(kind)
  })
  after(() => server[Symbol.asyncDispose]())

  const read = async (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Read> => {
    const { promise, resolve, reject } = Promise.withResolvers<Read>()
    const asked = request(`${server.url}${path}`, { method, headers }, async (response) => {
      const bytes = Buffer.concat(await response.toArray())
      resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes })
    })
    asked.on('error', reject).end()
    return await promise
  }

  for (const path of DOCUMENTS) {
    test(`answers ${path} with the same bytes, compressed on request, and with 304 to who has it`, async () => {
      const plain = await read(path)
      assert.equal(plain.status, 200)
      assert.equal(plain.headers['content-encoding'], undefined)
      assert.equal(plain.headers['x-content-type-options'], 'nosniff')
      assert.equal(plain.headers.vary, 'accept-encoding')
      for (const [accepted, encoding, decode] of [
        ['gzip, deflate, br', 'br', brotliDecompressSync],
        ['gzip;q=0.5, br;q=0', 'gzip', gunzipSync],
        ['identity', undefined, (bytes: Buffer) => bytes],
      ] as const) {
        const { headers, bytes } = await read(path, { 'accept-encoding': accepted })
        assert.equal(headers['content-encoding'], encoding)
        assert.equal(headers['content-length'], String(bytes.length))
        assert.deepEqual(decode(bytes), plain.bytes)
        assert.equal(headers.etag, plain.headers.etag)
      }
      const known = await read(path, { 'if-none-match': `"other", ${plain.headers.etag}` })
      assert.deepEqual([known.status, known.bytes.length], [304, 0])
      assert.equal((await read(path, { 'if-none-match': '"other"' })).status, 200)
    })
  }

  test('answers a HEAD like its GET, without the body', async () => {
    const link = (await server.sandbox.upload('/shakearound/material/add', aFile(await aPicture()), {}, 'type=license'))
      .json.data.pic_url
    for (const path of [...DOCUMENTS, '/', '/livez', '/readyz', '/metrics', new URL(link).pathname]) {
      const [got, asked] = [await read(path), await read(path, {}, 'HEAD')]
      assert.equal(asked.status, got.status, path)
      assert.ok(got.status < 400, path)
      assert.equal(asked.bytes.length, 0)
      for (const name of ['content-type', 'etag', 'location']) assert.equal(asked.headers[name], got.headers[name])
      if (!['/metrics', '/'].includes(path))
        assert.equal(asked.headers['content-length'], got.headers['content-length'], path)
    }
  })
})
