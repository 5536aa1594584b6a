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
  results: { subject: string; title: string; outcome: string; details: string[] }[]
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

/** A server that answers as another one does, but for one call: that gets this answer, or with `null` a connection that breaks. */
async function startMistaken(url: string, path: string | ((target: string) => boolean), answer: string | null) {
  const server = createServer((incoming, outgoing) => {
    const target = incoming.url ?? '/'
    if (typeof path === 'string' ? target.startsWith(path) : path(target)) {
      incoming.resume()
      if (answer === null) incoming.socket.destroy()
      else outgoing.setHeader('content-type', 'application/json').end(answer)
      return
    }
    const { method, headers } = incoming
    const passed = request(new URL(target, url), { method, headers }, (reply) => {
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

  test('reports an answer that is no object, one without end and one that never comes as differences', async () => {
    const path = '/shop/audit/get_miniapp_certificate'
    for (const answer of ['null', `"${'x'.repeat(17 * 1024 * 1024)}"`, null]) {
      await using mistaken = await startMistaken(server.url, path, answer)
      const { code, titlesOf } = await judge(mistaken.url, '--only', 'miniapp-certificates')
      assert.equal(code, 1)
      const titles = titlesOf('differs')
      assert.ok(titles.length > 0 && titles.every((title) => title.startsWith(`${path}: `)), titles.join('\n'))
    }
  })

  test('ends with 2 and the report so far when nobody answers any longer', async () => {
    let isGone = false
    const goesAway = (target: string) => {
      isGone ||= target.startsWith('/cgi-bin/clear_quota')
      return isGone
    }
    await using mistaken = await startMistaken(server.url, goesAway, null)
    const { code, stdout, stderr } = await runCommand(mistaken.url, '--json', '-', '--only', 'quotas')
    assert.equal(code, 2)
    assert.match(stderr, /^shenpi-conformance: http:\S+ does not answer: [^\n]*\n$/)
    const { results }: Judged = JSON.parse(stdout)
    assert.ok(results.some(({ outcome }) => outcome === 'passed'))
  })

  test('--only reports the cases of one subject, those of any call among them', async () => {
    const { results }: Judged = JSON.parse((await runCommand(server.url, '--json', '-', '--only', 'relations')).stdout)
    assert.deepEqual([...new Set(results.map(({ subject }) => subject))], ['relations'])
    assert.ok(results.some(({ title }) => title.endsWith(': no token')))
    assert.ok(results.some(({ title }) => title.includes('an unknown device')))
  })

  test('shows no access token', async () => {
    await using mistaken = await startMistaken(server.url, '/cgi-bin/stable_token', '{"access_token":"57_secret"}')
    const { stdout } = await runCommand(mistaken.url, '--only', 'tokens')
    assert.match(stdout, /DIFFERS/)
    assert.doesNotMatch(stdout, /57_secret/)
  })

  test('exits with 2 and one sentence for a wrong usage, and for a server that nobody reaches', async () => {
    const nobody = 'http://127.0.0.1:1'
    const cases: [url: string, args: string[], says: RegExp][] = [
      [nobody, ['--bogus'], /--bogus/],
      [nobody, ['--member', 'nobody=a:b'], /--member nobody=a:b/],
      [nobody, ['--known', '/nowhere'], /--known \/nowhere cannot be read/],
      [nobody, ['--json', '/nowhere/results.json'], /--json \/nowhere\/results.json cannot be written/],
      [nobody, ['--only', 'typo'], /--only typo is none of .*relations.*any-call/],
      [server.url, ['--api-key', 'wrong'], /--api-key/],
      [nobody, [], /does not answer/],
    ]
    for (const [url, args, says] of cases) {
      const { code, stdout, stderr } = await runCommand(url, ...args)
      assert.equal(code, 2, stderr)
      assert.match(stderr, /^shenpi-conformance: [^\n]+\n$/)
      assert.match(stderr, says)
      assert.equal(stdout, '')
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
