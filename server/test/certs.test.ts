import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { SANDBOX_ACCOUNT } from '../src/sandbox/account.ts'
import { CERTIFIED_HOSTS, ensureCertificates } from '../src/sandbox/certificates.ts'
import { DAY_MS } from '../src/time/china-time.ts'
import { DATABASES } from './databases.ts'
import { startTestServer } from './start-server.ts'
import { NOON } from './test-clock.ts'

const SHENPI = join(import.meta.dirname, '../bin/shenpi.js')

async function aFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'shenpi-certs-'))
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

const later = (days: number) => new Date(NOON.getTime() + days * DAY_MS)

const shenpi = (args: string[], env: Record<string, string>) =>
  promisify(execFile)(process.execPath, [SHENPI, ...args], { env: { ...process.env, ...env } })

/** A call of a client with a built-in host, on a machine that resolves that host to the server. */
async function callWeixin(url: string, path: string, options: { ca?: string; host?: string }): Promise<string> {
  const { host = 'api.weixin.qq.com', ca } = options
  const request = get(`https://${host}:${new URL(url).port}${path}`, {
    ca,
    lookup: (_name, { all }, done) =>
      all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
  })
  const [response] = await once(request, 'response')
  return Buffer.concat(await response.toArray()).toString()
}

test('a client that trusts the CA reaches the sandbox as api.weixin.qq.com over TLS', async () => {
  const kind = DATABASES[0]
  assert.ok(kind)
  const place = await kind.place()
  const { stdout } = await shenpi(['certs', '--json', '--host', 'shenpi.test'], { DATA_DIR: place.dataDir })
  const made = JSON.parse(stdout)
  const env = { TLS_CERT: made.cert, TLS_KEY: made.key }
  await using server = await startTestServer(kind, { place, env: { ...env, MODE: 'production' } })
  const ca = await readFile(made.ca, 'utf8')
  const path = `/cgi-bin/token?grant_type=client_credential&appid=${SANDBOX_ACCOUNT.appid}&secret=x`
  for (const host of ['api.weixin.qq.com', 'mp.weixin.qq.com', 'localhost', '127.0.0.1', 'shenpi.test']) {
    assert.match(await callWeixin(server.url, path, { ca, host }), /^\{"errcode":40013,/)
  }
  await assert.rejects(callWeixin(server.url, path, { ca, host: 'pay.weixin.qq.com' }), {
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  })
  await assert.rejects(callWeixin(server.url, path, {}), /self-signed|unable to (get|verify)/)

  // The command line trusts the CA in the data directory.
  const { stdout: accounts } = await shenpi(['account', 'list'], { DATA_DIR: place.dataDir })
  assert.equal(accounts.trim(), 'No account.')
})

test('only the owner can read the keys, and the certificate satisfies clients', async () => {
  await using place = await aFolder()
  const { ca, cert, key, hosts } = await ensureCertificates(place.folder, [], NOON)
  for (const path of [key, ca.replace('.pem', '.key')]) assert.equal((await stat(path)).mode & 0o777, 0o600)
  const issuer = new X509Certificate(await readFile(ca))
  const leaf = new X509Certificate(await readFile(cert))
  assert.deepEqual(hosts, [...CERTIFIED_HOSTS])
  assert.ok(issuer.ca && !leaf.ca && leaf.checkIssued(issuer) && leaf.verify(issuer.publicKey))
  assert.ok(leaf.checkIP('::1') && leaf.checkHost('api.weixin.qq.com'))
  assert.ok(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom) < 400 * DAY_MS)
})

test('a second run keeps the CA and renews a certificate only in its last month', async () => {
  await using place = await aFolder()
  const first = await ensureCertificates(place.folder, ['Shop.Test', '10.0.0.7'], NOON)
  assert.deepEqual(first.kept, { authority: false, certificate: false })
  assert.deepEqual(first.hosts.slice(-2), ['shop.test', '10.0.0.7'])
  const again = await ensureCertificates(place.folder, [], later(360))
  assert.deepEqual(again.kept, { authority: true, certificate: true })
  assert.deepEqual(again.hosts, first.hosts)
  const renewed = await ensureCertificates(place.folder, [], later(370))
  assert.deepEqual(renewed.kept, { authority: true, certificate: false })
  assert.deepEqual(renewed.endsAt, later(370 + 397))
  const widened = await ensureCertificates(place.folder, ['new.test'], later(370))
  assert.deepEqual(widened.kept, { authority: true, certificate: false })
  const muchLater = await ensureCertificates(place.folder, [], later(3640))
  assert.deepEqual(muchLater.kept, { authority: false, certificate: false })
})

test('a second run replaces a key that does not fit its certificate', async () => {
  await using place = await aFolder()
  const { key, ca } = await ensureCertificates(place.folder, [], NOON)
  await writeFile(key, await readFile(ca.replace('.pem', '.key')))
  assert.deepEqual((await ensureCertificates(place.folder, [], NOON)).kept, { authority: true, certificate: false })
})

test('an invalid host is rejected, and so is making certificates in production', async () => {
  await using place = await aFolder()
  for (const host of ['https://a.test', 'a b', '', '-a']) {
    await assert.rejects(ensureCertificates(place.folder, [host], NOON), /neither the name nor the address/)
  }
  await assert.rejects(shenpi(['certs'], { DATA_DIR: place.folder, MODE: 'production' }), /certs is for the sandbox/)
})
