import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import pino from 'pino'
import { DATABASES } from './databases.ts'
import { aFile, aPicture } from './factories.ts'
import { startTestServer } from './start-server.ts'
import { send } from './wire/exchange.ts'

const [kind] = DATABASES
assert.ok(kind)

/** Other spellings of the same path. */
const spellingsOf = (path: string) => [
  path,
  `/${path}`,
  `///${path}`,
  path.replace('e', '%65'),
  path.toUpperCase(),
  `${path}/`,
  `http://a${path}`,
  `${path}?x`,
  `/.${path}`,
  `${path}%2f`,
  `/api/..${path}`,
]

const TOLD = /shenpi_requests_total|"queues"/

/** The lines that a server says as it starts. */
async function startLogged(env: Record<string, string>) {
  const lines: Record<string, unknown>[] = []
  const log = pino({}, { write: (line: string) => lines.push(JSON.parse(line)) })
  const server = await startTestServer(kind as NonNullable<typeof kind>, { env, log })
  return { server, lines, listening: lines.find(({ msg }) => msg === 'listening') }
}

describe('the health of a server', () => {
  test('is told in production only to callers with the API key, however they spell the path', async () => {
    await using server = await startTestServer(kind, { env: { MODE: 'production' } })
    for (const path of ['/metrics', '/readyz']) {
      for (const spelt of spellingsOf(path)) {
        for (const method of ['GET', 'HEAD', 'POST']) {
          const { text } = await send(server, { method, path: spelt })
          assert.doesNotMatch(text, TOLD, `${method} ${spelt}`)
        }
      }
      assert.equal((await send(server, { method: 'GET', path })).status, 401)
      const headers = { authorization: `Bearer ${server.apiKey}` }
      assert.match((await send(server, { method: 'GET', path, headers })).text, TOLD)
    }
    assert.equal((await send(server, { method: 'GET', path: '/livez' })).status, 200)
  })

  test('is told only on ADMIN_PORT where that is set, with a key or without', async () => {
    const { server, listening } = await startLogged({ ADMIN_PORT: '0' })
    await using _server = server
    const admin = String(listening?.admin)
    for (const path of ['/metrics', '/readyz']) {
      assert.match(await (await fetch(admin + path)).text(), TOLD)
      for (const spelt of spellingsOf(path)) {
        const headers = { authorization: `Bearer ${server.apiKey}` }
        assert.doesNotMatch((await send(server, { method: 'GET', path: spelt, headers })).text, TOLD, spelt)
      }
    }
    assert.equal((await fetch(`${admin}/livez`)).status, 200)
    assert.equal((await fetch(`${server.url}/livez`)).status, 200)
    const call = await fetch(`${admin}/cgi-bin/token`)
    assert.equal(((await call.json()) as { errcode: number }).errcode, 40066, 'and nothing else is served there')
  })
})

describe('a server that listens on every address', () => {
  test('begins links with the host that the caller used, and says so at the start', async () => {
    const { server, listening, lines } = await startLogged({ HOST: '0.0.0.0' })
    await using _server = server
    const { port } = new URL(server.url)
    assert.equal(server.url, `http://127.0.0.1:${port}`)
    assert.equal(listening?.linksBeginWith, `the host that the caller used, or ${server.url}`)
    assert.ok(lines.every(({ level }) => level === 30))
    const body = new FormData()
    body.set('media', aFile(await aPicture()), 'icon.png')
    for (const host of [`127.0.0.1:${port}`, 'shenpi.test:90']) {
      const query = `access_token=${server.sandbox.token}&type=icon`
      const uploaded = await send(server, { path: '/shakearound/material/add', query, headers: { host }, body })
      const link = uploaded.json.data.pic_url
      assert.equal(new URL(link).host, host)
      assert.equal((await send(server, { method: 'HEAD', path: new URL(link).pathname })).status, 200)
    }
  })

  test('warns in production when PUBLIC_URL is missing, and ignores the Host of another machine', async () => {
    const { server, lines } = await startLogged({ HOST: '0.0.0.0', MODE: 'production' })
    await using _server = server
    assert.ok(lines.some(({ level, msg }) => level === 40 && String(msg).includes('PUBLIC_URL')))
    assert.equal(server.services.publicUrl({ protocol: 'https', host: 'evil.example' }), server.url)
  })
})
