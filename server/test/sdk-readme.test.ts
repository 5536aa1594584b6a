import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createAccount } from '../src/accounts/create-account.ts'
import { SANDBOX_ACCOUNT } from '../src/sandbox/account.ts'
import { ensureCertificates } from '../src/sandbox/certificates.ts'
import { DATABASES, type DatabaseKind } from './databases.ts'
import { decide } from './decide.ts'
import { listen } from './listener.ts'
import { type InstalledSdk, installSdk, type Runtime, run, start, TYPED_RUNTIMES } from './runtimes/installed-sdk.ts'
import { startSite } from './runtimes/site.ts'
import { startTunnel } from './runtimes/tunnel.ts'
import { startTestServer, type TestServer } from './start-server.ts'

const ROOT = join(import.meta.dirname, '../..')
const README = readFileSync(join(ROOT, 'sdk/README.md'), 'utf8')
const EXAMPLES = [...README.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code as string)

describe('the examples of sdk/README.md', () => {
  // Each example is a process of its own, and its output does not depend on the database.
  const [kind] = DATABASES as [DatabaseKind]
  let sdk: InstalledSdk
  before(() => {
    sdk = installSdk()
  })
  after(() => sdk[Symbol.dispose]())

  for (const runtime of TYPED_RUNTIMES)
    describe(`the examples of sdk/README.md on ${runtime.name}`, { skip: runtime.skip }, () => examplesOn(runtime))

  function examplesOn(runtime: Runtime) {
    /** Write an example into a file, with some of its text replaced. */
    function write(number: number, replaced: readonly (readonly [string | RegExp, string])[]): string {
      const file = join(sdk.folder, `example-${number}.mts`)
      const printed = EXAMPLES[number] ?? ''
      writeFileSync(
        file,
        replaced.reduce((code, [what, by]) => code.replaceAll(what, by), printed),
      )
      return file
    }

    async function runExample({ url, apiKey }: Pick<TestServer, 'url' | 'apiKey'>, number: number) {
      const file = write(number, [['http://127.0.0.1:8080', url]])
      return await run(runtime, [file], { cwd: ROOT, env: { SHENPI_KEY: apiKey } })
    }

    test('run as they are printed', async () => {
      await using server = await startTestServer(kind)
      assert.equal(EXAMPLES.length, 5)
      const print = async (number: number) => (await runExample(server, number)).output
      assert.equal(await print(0), 'audit_status 1')
      assert.match(await print(1), /^audit_id [\w-]{22}$/)
      assert.match(await print(2), /^shared \[ .127\.0\.0\.1:\d+ wx5a6e70692d73616e plain. \]$/)
      assert.match(await print(3), /^approved 1-1 .*\napproved 1-2 /)
    })

    test('report a refusal by its number, its name and its request', async () => {
      await using server = await startTestServer(kind)
      await runExample(server, 0)
      const { output, errors } = await runExample(server, 0)
      assert.match(errors, /^9001048 activation\.closed [0-9a-f-]{26}$/)
      assert.equal(output, 'audit_status 1')
    })

    test('call the platform itself over TLS without a url', async () => {
      const place = await kind.place()
      const { ca, cert, key } = await ensureCertificates(join(place.dataDir, 'certs'), [], new Date())
      const env = { MODE: 'production', TLS_CERT: cert, TLS_KEY: key }
      await using server = await startTestServer(kind, { place, env })
      const { services } = server
      const { deviceCeiling } = services.policy.current
      await createAccount({ ...services, deviceCeiling }, { name: 'Acme', actor: 'test', given: SANDBOX_ACCOUNT })
      await using tunnel = await startTunnel(Number(new URL(server.url).port))
      const file = write(0, [[/^ +url: .*\n/gm, '']])
      const trusting = { NODE_EXTRA_CA_CERTS: ca, NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: tunnel.url }
      const { output } = await run(runtime, [file], { env: trusting })
      assert.equal(output, 'audit_status 1')
      assert.deepEqual(new Set(tunnel.hosts), new Set(['api.weixin.qq.com:443']))
    })

    test('tell the slower of two reviewers, who goes on with the next application', async () => {
      await using server = await startTestServer(kind)
      for (const number of [0, 1]) await runExample(server, number)
      let decisions = 0
      await using site = await startSite({
        behind: server.url,
        async before({ method }) {
          if (method === 'POST' && ++decisions === 1) await decide(server, '1-1', 'approve')
        },
      })
      const { output } = await runExample({ url: site.url, apiKey: server.apiKey }, 3)
      assert.match(output, /^approved 1-2 .*$/)
    })

    test('answer the verification and print what a callback says', async () => {
      await using server = await startTestServer(kind)
      await using receiver = await startReceiverExample()
      const { url, line } = receiver
      assert.equal((await fetch(url)).status, 403)
      const { appid } = server.sandbox
      const encoding_aes_key = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
      const body = { url, token: 'MyToken', encoding_aes_key, mode: 'secure', format: 'xml' } as const
      await server.api.setCallback({ params: { appid }, body })
      await runExample(server, 1)
      const { audit_id } = await decide(server, '1-1', 'reject', '证件不清晰')
      assert.equal(await line(), `${audit_id} rejected: 证件不清晰`)
    })

    async function startReceiverExample() {
      const { port, ...free } = await listen(() => {})
      await free[Symbol.asyncDispose]()
      const receiver = start(runtime, [write(4, [['9000', String(port)]])])
      const url = `http://127.0.0.1:${port}/`
      while (!(await fetch(url).catch(() => undefined))) assert.equal(receiver.exitCode, null)
      return {
        url,
        line: async () => String(await once(receiver.stdout as NodeJS.ReadableStream, 'data')).trim(),
        async [Symbol.asyncDispose]() {
          receiver.kill()
        },
      }
    }
  }
})
