import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createApiClient } from '@shenpi/sdk/client'
import { openDatabase } from '../src/db/open.ts'
import { SANDBOX_ACCOUNT } from '../src/sandbox/account.ts'
import { systemClock } from '../src/time/clock.ts'
import { storedIn } from './conformance/stored.ts'
import { DATABASES, type Place } from './databases.ts'
import { type ServerProcess, spawnServer } from './run-shenpi.ts'

const COMMAND = fileURLToPath(new URL('../../conformance/bin/shenpi-conformance.js', import.meta.url))
const ACCOUNT = ['--appid', SANDBOX_ACCOUNT.appid, '--secret', SANDBOX_ACCOUNT.secret]

interface Judged {
  results: { title: string; outcome: string; details: string[] }[]
  outdated: string[]
}

async function runCommand(baseUrl: string, ...args: string[]) {
  const child = spawn(process.execPath, [COMMAND, '--base-url', baseUrl, ...ACCOUNT, ...args])
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code, stdout, stderr }
}

async function judge(baseUrl: string, ...args: string[]) {
  const { code, stdout, stderr } = await runCommand(baseUrl, '--json', '-', ...args)
  const { results, outdated }: Judged = JSON.parse(stdout || assert.fail(stderr))
  const titlesOf = (outcome: string) => results.filter((one) => one.outcome === outcome).map(({ title }) => title)
  return { code, outdated, titlesOf }
}

/** A server that answers as another one does, but to one call, to which it answers something else. */
async function startMistaken(url: string, path: string, answer: string) {
  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.startsWith(path)) {
      incoming.resume()
      outgoing.setHeader('content-type', 'application/json').end(answer)
      return
    }
    const { method, headers, url: target } = incoming
    const passed = request(new URL(target ?? '/', url), { method, headers }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 500, reply.headers)
      reply.pipe(outgoing)
    })
    incoming.pipe(passed)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert.ok(address && typeof address === 'object')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const [kind] = DATABASES
assert.ok(kind)

describe('shenpi-conformance judges a sandbox as npm start starts it', () => {
  let place: Place & AsyncDisposable
  let server: ServerProcess
  before(async () => {
    place = await kind.place()
    server = await spawnServer(place)
  })
  after(async () => {
    await server?.[Symbol.asyncDispose]()
    await place?.[Symbol.asyncDispose]()
  })

  const apiKey = () => readFileSync(join(place.dataDir, 'api-key'), 'utf8').trim()

  test('sends only what reads without --write, finds no difference and changes nothing', async () => {
    const db = await openDatabase({ databaseUrl: place.databaseUrl, sqlitePath: join(place.dataDir, 'shenpi.db') })
    await using _ = { [Symbol.asyncDispose]: () => db.destroy() }
    const readStored = await storedIn({ server: { services: { db, clock: systemClock } } })
    const plainTokens = () => db.selectFrom('access_token').where('kind', '=', 'plain').selectAll().execute()
    const before = [await readStored(), await plainTokens()]
    const { code, titlesOf } = await judge(server.url, '--api-key', apiKey())
    assert.deepEqual(titlesOf('differs'), [])
    assert.equal(code, 0)
    assert.ok(titlesOf('passed').length > 700, `${titlesOf('passed').length} cases passed`)
    assert.deepEqual([await readStored(), await plainTokens()], before)
  })

  test('judges most cases with the API key and --write, and finds no difference', async () => {
    const { code, titlesOf } = await judge(server.url, '--write', '--hostile', '--api-key', apiKey())
    assert.deepEqual(titlesOf('differs'), [])
    assert.equal(code, 0)
    assert.ok(titlesOf('passed').length > 3500, `${titlesOf('passed').length} cases passed`)
  })

  test('names the one answer that is wrong, and exits with 1 until it is known', async () => {
    const wrong = '/cgi-bin/openapi/quota/get'
    await using mistaken = await startMistaken(server.url, wrong, '{"errcode":0,"errmsg":"ok","quota":{}}')
    const found = await judge(mistaken.url, '--only', 'quotas')
    assert.equal(found.code, 1)
    const titles = found.titlesOf('differs')
    assert.ok(titles.length > 0 && titles.every((title) => title.startsWith(`${wrong}: `)), titles.join('\n'))

    const known = join(place.dataDir, 'known.json')
    writeFileSync(known, JSON.stringify(Object.fromEntries(titles.map((title) => [title, 'a number']))))
    const again = await judge(mistaken.url, '--only', 'quotas', '--known', known)
    assert.equal(again.code, 0)
    assert.deepEqual(again.titlesOf('known'), titles)
    const mended = await judge(server.url, '--only', 'quotas', '--known', known)
    assert.equal(mended.code, 0)
    assert.deepEqual(mended.outdated, titles, 'what no longer differs is told')
  })

  test('exits with 2 for a wrong usage, a file that is none, and a server that nobody reaches', async () => {
    const nobody = 'http://127.0.0.1:1'
    for (const args of [['--bogus'], ['--member', 'nobody=a:b'], ['--known', '/nowhere'], []]) {
      const { code, stderr } = await runCommand(nobody, ...args)
      assert.equal(code, 2, stderr)
      assert.match(stderr, /^shenpi-conformance: /)
    }
  })
})

test('shenpi-conformance judges with a second account, twice, and leaves both accounts as open as before', async () => {
  await using place = await kind.place()
  await using server = await spawnServer(place)
  const key = readFileSync(join(place.dataDir, 'api-key'), 'utf8').trim()
  const api = createApiClient({ url: server.url, key })
  const stranger = await api.createAccount({ body: { name: 'Stranger' } })
  const params = { appid: stranger.appid }
  const limits = { ip_allow: ['127.0.0.0/8', '::1'], daily_limit: null, minute_limit: 1_000_000 }
  await api.setLimits({ params, body: limits })
  const member = `stranger=${stranger.appid}:${stranger.secret}`
  for (const atLeast of [3500, 3300]) {
    const { code, titlesOf } = await judge(server.url, '--write', '--api-key', key, '--member', member)
    assert.deepEqual(titlesOf('differs'), [])
    assert.equal(code, 0)
    assert.ok(titlesOf('passed').length > atLeast, `${titlesOf('passed').length} cases passed`)
    assert.deepEqual((await api.getAccount({ params })).limits, limits)
    const access = await api.getShopAccess({ params: { appid: SANDBOX_ACCOUNT.appid } })
    assert.equal(access.status, 'connected')
  }
})
