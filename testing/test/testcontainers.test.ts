import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { installKit } from './installed-kit.ts'
import { findPackages, RUNNERS } from './installed-packages.ts'
import { runIn } from './run-in.ts'

/** What Testcontainers has made of it, and what a server that has started answers to the wait: there is no image yet. */
const PROGRAM = `
import assert from 'node:assert/strict'
import { createSandbox } from '@shenpi/testing'
import { asSandbox, reach } from '@shenpi/testing/testcontainers'
import { GenericContainer, Wait } from 'testcontainers'

const container = asSandbox(new GenericContainer('shenpi'), Wait, { SANDBOX_SEED: 'demo' })
assert.ok(container instanceof GenericContainer)
assert.deepEqual(container.exposedPorts, [8080])
assert.deepEqual(container.environment, { MODE: 'sandbox', HOST: '0.0.0.0', PORT: '8080', SANDBOX_SEED: 'demo' })
const { path, port, protocol, predicates } = container.waitStrategy
assert.deepEqual([protocol, port, predicates], ['http', 8080, []])

await using sandbox = await createSandbox()
const url = new URL(await sandbox.url)
assert.equal((await fetch(new URL(path, url))).status, 200)

const started = {
  getHost: () => url.hostname,
  getMappedPort: (inside) => (assert.equal(inside, port), Number(url.port)),
  exec: async () => ({ exitCode: 0, stdout: sandbox.key + '\\n' }),
}
assert.deepEqual(await reach(started), { url: url.origin, key: sandbox.key })
`

const beside = findPackages(RUNNERS)
if (beside) {
  test('a container of Testcontainers is a sandbox that has started when it is ready', async () => {
    using kit = await installKit(beside)
    writeFileSync(join(kit.folder, 'container.mjs'), PROGRAM)
    await runIn(kit.folder, ['container.mjs'])
  })
}
