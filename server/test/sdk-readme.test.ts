import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { DATABASES, type DatabaseKind } from './databases.ts'
import { listen } from './listener.ts'
import { startTestServer, type TestServer } from './start-server.ts'

const ROOT = join(import.meta.dirname, '../..')
const README = readFileSync(join(ROOT, 'sdk/README.md'), 'utf8')
const EXAMPLES = [...README.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code as string)

/** Start an example as it is printed, but for the addresses. */
function start(server: TestServer, number: number, port = 9000): ChildProcess {
  const code = (EXAMPLES[number] ?? '').replaceAll('http://127.0.0.1:8080', server.url).replace('9000', String(port))
  const example = spawn(process.execPath, ['--input-type=module-typescript', '--eval', code], {
    cwd: ROOT,
    env: { ...process.env, SHENPI_KEY: server.apiKey },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return example
}

async function run(server: TestServer, number: number): Promise<string> {
  const example = start(server, number)
  const [output, [code]] = await Promise.all([text(example.stdout as NodeJS.ReadableStream), once(example, 'close')])
  assert.equal(code, 0)
  return output.trim()
}

describe('the examples of sdk/README.md', () => {
  // Each is a process of its own, and what they say does not depend on the database.
  const [kind] = DATABASES as [DatabaseKind]

  test('they run as they are printed', async () => {
    await using server = await startTestServer(kind)
    assert.equal(EXAMPLES.length, 5)
    assert.equal(await run(server, 0), 'audit_status 1')
    assert.match(await run(server, 1), /^audit_id [\w-]{22}$/)
    assert.match(await run(server, 2), /^shared \[ '127\.0\.0\.1:\d+ wx5a6e70692d73616e plain' \]$/)
    assert.match(await run(server, 3), /^approved 1-1 .*\napproved 1-2 /)
  })

  test('the receiver answers the verification and prints what it is told', async () => {
    await using server = await startTestServer(kind)
    const { port, ...free } = await listen(() => {})
    await free[Symbol.asyncDispose]()
    const receiver = start(server, 4, port)
    try {
      const url = `http://127.0.0.1:${port}/`
      while (!(await fetch(url).catch(() => undefined))) assert.equal(receiver.exitCode, null)
      assert.equal((await fetch(url)).status, 403)
      const { appid } = server.sandbox
      const encoding_aes_key = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
      const body = { url, token: 'MyToken', encoding_aes_key, mode: 'secure', format: 'xml' } as const
      await server.api.setCallback({ params: { appid }, body })
      await run(server, 1)
      const params = { id: '1-1' }
      const { version, audit_id } = await server.api.getApplication({ params })
      await server.api.decideApplication({ params, version, body: { move: 'reject', reason: '证件不清晰' } })
      const [line] = await once(receiver.stdout as NodeJS.ReadableStream, 'data')
      assert.equal(String(line).trim(), `${audit_id} rejected: 证件不清晰`)
    } finally {
      receiver.kill()
    }
  })
})
