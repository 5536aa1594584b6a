import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import pino from 'pino'
import { DATABASES } from './databases.ts'
import { startTestServer, type TestServer } from './start-server.ts'
import { send } from './wire/exchange.ts'

const [kind] = DATABASES
assert.ok(kind)
const sqlite = kind

const NO_PATH = '404 {"type":"/api/docs#path.unknown","title":"invalid url","status":404,"code":"path.unknown"}'
const NO_KEY =
  '401 {"type":"/api/docs#api_key.invalid","title":"Send the API key as Authorization: Bearer KEY.","status":401,"code":"api_key.invalid"}'
const UNPARSABLE =
  '400 {"type":"/api/docs#body.unparsable","title":"data format error","status":400,"code":"body.unparsable"}'
const NO_URL = '200 {"errcode":40066,"errmsg":"invalid url rid: …"}'
const NEEDS_GET = '200 {"errcode":43001,"errmsg":"require GET method rid: …"}'
const NEEDS_POST = '200 {"errcode":43002,"errmsg":"require POST method rid: …"}'

/** What a server refuses before any of its calls is asked, and in whose words. */
const REFUSALS: readonly [method: string, path: string, answer: string][] = [
  ['GET', '/api', NO_PATH],
  ['GET', '/api/', NO_PATH],
  ['GET', '/api?x', NO_PATH],
  ['GET', '/api/unknown', NO_PATH],
  ['GET', '/api/v1/unknown?x', NO_PATH],
  ['GET', '//api/unknown', NO_PATH],
  ['GET', '/api/%zz', NO_PATH],
  ['GET', '/api/v1/accounts/%', NO_PATH],
  ['DELETE', '/api/v1/accounts', NO_PATH],
  ['POST', '/api/docs', NO_PATH],
  ['GET', '/api/v1/accounts', NO_KEY],
  ['GET', '/%61pi/v1/accounts', NO_KEY],
  ['POST', '/api/v1/accounts', NO_KEY],
  ['POST', '/livez', NO_PATH],
  ['GET', '/livez/x', NO_PATH],
  ['POST', '/readyz?x', NO_PATH],
  ['PUT', '/metrics', NO_PATH],
  ['GET', '/metrics/', NO_PATH],
  ['GET', '/', '302 '],
  ['GET', '/apiX', NO_URL],
  ['GET', '/API/unknown', NO_URL],
  ['GET', '/%61pi/unknown', NO_URL],
  ['GET', '/api%2Fv1', NO_URL],
  ['POST', '/l%69vez', NO_URL],
  ['GET', '/livezX', NO_URL],
  ['GET', '/x/api', NO_URL],
  ['GET', '/%zz', NO_URL],
  ['GET', '/nowhere', NO_URL],
  ['POST', '/console/', NO_URL],
  ['POST', '/openapi.json', NO_URL],
  ['POST', '/p/wx0000000000000000/x', NO_URL],
  ['GET', '/p/wx0000000000000000/x', '404 There is no such picture.'],
  ['GET', '/shakearound/device/update', NEEDS_POST],
  ['GET', '/shakearound/device/update?access_token=x', NEEDS_POST],
  ['GET', '/shakearound/device/update/', NO_URL],
  ['GET', '/shakearound/device/upd%61te', NO_URL],
  ['PUT', '/cgi-bin/token', NEEDS_GET],
  ['GET', '/cgi-bin/tok%65n', '200 {"errcode":40002,"errmsg":"invalid grant_type rid: …"}'],
]

async function answerTo(server: Pick<TestServer, 'url'>, method: string, path: string): Promise<string> {
  const { status, headers, text } = await send(server as TestServer, { method, path })
  const type = String(headers['content-type'])
  if (text.startsWith('{"type"')) assert.equal(type, 'application/problem+json; charset=utf-8')
  if (text.startsWith('{"errcode"')) assert.equal(type, 'application/json; charset=utf-8')
  return `${status} ${text.replace(/[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}/, '…')}`
}

describe('a request that no route takes', () => {
  test('is refused in the words of whose path it would be', async () => {
    await using server = await startTestServer(sqlite)
    for (const [method, path, answer] of REFUSALS) {
      assert.equal(await answerTo(server, method, path), answer, `${method} ${path}`)
    }
  })

  test('is refused in the same words where health has an address of its own', async () => {
    const lines: Record<string, unknown>[] = []
    const log = pino({}, { write: (line: string) => lines.push(JSON.parse(line)) })
    await using server = await startTestServer(sqlite, { env: { ADMIN_PORT: '0' }, log })
    assert.equal(await answerTo(server, 'GET', '/readyz'), NO_PATH)
    assert.equal(await answerTo(server, 'GET', '/metrics'), NO_PATH)
    assert.equal(await answerTo(server, 'GET', '/readyzX'), NO_URL)

    const admin = { url: String(lines.find(({ msg }) => msg === 'listening')?.admin) }
    assert.equal(await answerTo(admin, 'POST', '/readyz'), NO_PATH)
    assert.equal(await answerTo(admin, 'GET', '/api/v1/accounts'), NO_PATH)
    assert.equal(await answerTo(admin, 'GET', '/shakearound/device/update'), NO_URL)
  })
})

test('a body that does not parse is refused in the words of whose route it was sent to', async () => {
  await using server = await startTestServer(sqlite)
  const headers = { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' }
  const native = await send(server, { path: '/api/v1/accounts', headers, body: '{' })
  assert.equal(`${native.status} ${native.text}`.replace(/,"detail":"[^"]*"/, ''), UNPARSABLE)
  const wire = await send(server, { path: '/cgi-bin/stable_token', body: '{' })
  assert.match(wire.text, /^\{"errcode":47001,"errmsg":"data format error/)
})
