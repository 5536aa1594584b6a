import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { get } from 'node:https'
import { join } from 'node:path'
import { test } from 'node:test'
import { CERTIFICATE, KEY } from './certificate.ts'
import { DATABASES } from './databases.ts'
import { environmentOf, runShenpi } from './run-shenpi.ts'
import { startTestServer } from './start-server.ts'

test('a server with TLS_CERT and TLS_KEY serves the wire over TLS', async () => {
  const kind = DATABASES[0]
  assert.ok(kind)
  const place = await kind.place()
  const env = { TLS_CERT: join(place.dataDir, 'cert.pem'), TLS_KEY: join(place.dataDir, 'key.pem') }
  await writeFile(env.TLS_CERT, CERTIFICATE)
  await writeFile(env.TLS_KEY, KEY)
  await using server = await startTestServer(kind, { place, env: { ...env, MODE: 'production' } })
  assert.match(server.url, /^https:/)
  const request = get(`${server.url}/cgi-bin/token`, { ca: CERTIFICATE, servername: 'receiver.test' })
  const [response] = await once(request, 'response')
  const body = Buffer.concat(await response.toArray()).toString()
  assert.match(body, /^\{"errcode":40002,/)
  const { code, stderr } = await runShenpi(['applications'], environmentOf(place))
  assert.equal(code, 1)
  assert.match(stderr, /^shenpi: no server answers at https:\S+: .*CERT.*\n$/)
})
