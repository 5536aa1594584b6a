import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { startTestServer, type TestServer } from '../start-server.ts'
import { buildConsole } from './build-console.ts'

const DIST = join(import.meta.dirname, '../../../console/dist')
/** Source: the design of the console. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; worker-src 'self'; " +
  "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; " +
  "trusted-types 'none'"

describe('the files of the console', () => {
  const [kind] = DATABASES as [DatabaseKind]
  let server: TestServer
  before(async () => {
    buildConsole()
    server = await startTestServer(kind)
  })
  after(() => server[Symbol.asyncDispose]())

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}${path}`, { headers, redirect: 'manual' })
  const scripts = () => readdirSync(join(DIST, 'assets')).filter((name) => name.endsWith('.js'))

  for (const path of ['/console/', '/console/queue', '/console/applications/1-1?kind=store', '/console/no/such/page']) {
    test(`are the page at ${path}, which is asked for each time`, async () => {
      const answer = await get(path)
      assert.equal(answer.status, 200)
      assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8')
      assert.equal(answer.headers.get('cache-control'), 'no-cache')
      assert.equal(answer.headers.get('content-security-policy'), POLICY)
      assert.match(await answer.text(), /<div id="root">/)
      assert.equal((await get(path, { 'if-none-match': answer.headers.get('etag') ?? '' })).status, 304)
    })
  }

  test('are kept for ever where their name tells what is in them', async () => {
    const answer = await get(`/console/assets/${scripts()[0]}`)
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable')
    assert.equal(answer.headers.get('content-type'), 'text/javascript; charset=utf-8')
    assert.equal(answer.headers.get('content-security-policy'), POLICY)
  })

  test('are not there under the name of an older build or an encoding, nor outside of their folder', async () => {
    for (const name of ['index-00000000.js', `${scripts()[0]}.gz`, `${scripts()[0]}.br`]) {
      const answer = await get(`/console/assets/${name}`)
      assert.deepEqual([answer.status, answer.headers.get('content-security-policy')], [404, POLICY])
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
    }
    assert.match(await (await get('/console/index.html.gz')).text(), /<div id="root">/)
    assert.match(await (await get('/console/..%2fpackage.json')).text(), /<div id="root">/)
  })

  test('are the same bytes in every encoding', async () => {
    for (const name of ['index.html', ...scripts().map((script) => `assets/${script}`)]) {
      const plain = readFileSync(join(DIST, name))
      assert.ok(gunzipSync(readFileSync(join(DIST, `${name}.gz`))).equals(plain), name)
      assert.ok(brotliDecompressSync(readFileSync(join(DIST, `${name}.br`))).equals(plain), name)
    }
  })
})
