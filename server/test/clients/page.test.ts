import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, test } from 'node:test'
import { DATABASES, type DatabaseKind } from '../databases.ts'
import { decide } from '../decide.ts'
import { listen } from '../listener.ts'
import { environmentOf, runShenpi } from '../run-shenpi.ts'
import { startTestServer } from '../start-server.ts'
import { startPlatform } from './platform.ts'

const ROOT = join(import.meta.dirname, '../../..')
const PAGE = readFileSync(join(ROOT, 'docs/clients.md'), 'utf8')
const [WECHAT_API = '', CO_WECHAT_API = '', CO_WECHAT = ''] = [...PAGE.matchAll(/```js\n(.*?)```/gs)].map(
  ([, code]) => code as string,
)
const COMMAND = /npx shenpi (account callback .*)/.exec(PAGE)?.[1] ?? ''

/** Run a printed snippet with other addresses as a program of its own. */
function start(code: string, env: Record<string, string> = {}) {
  const program = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]()
  return {
    nextLine: async () => (await lines.next()).value as string | undefined,
    async [Symbol.asyncDispose]() {
      if (program.exitCode === null && program.kill()) await once(program, 'exit')
    },
  }
}

describe('docs/clients.md', () => {
  // Each snippet is a process of its own, and its output does not depend on the database.
  const [kind] = DATABASES as [DatabaseKind]

  test('names the versions that the tests drive', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
    for (const name of ['wechat-api', 'co-wechat-api', 'wechat-crypto', 'co-wechat', 'koa']) {
      assert.ok(PAGE.includes(`\`${name}\` ${devDependencies[name]}`), name)
    }
  })

  test('points wechat-api to Shenpi', async () => {
    await using server = await startTestServer(kind)
    await using program = start(WECHAT_API.replaceAll('http://127.0.0.1:8080', server.url))
    assert.equal(await program.nextLine(), '1')
  })

  test('points co-wechat-api to Shenpi', async () => {
    await using platform = await startPlatform(kind)
    const { port } = new URL(platform.server.url)
    await using program = start(CO_WECHAT_API.replace('8443', port), { NODE_EXTRA_CA_CERTS: platform.ca })
    assert.equal(await program.nextLine(), '1')
  })

  test('lets co-wechat receive a callback', async () => {
    await using server = await startTestServer(kind)
    const { port, ...free } = await listen(() => {})
    await free[Symbol.asyncDispose]()
    await using program = start(CO_WECHAT.replace('9000', String(port)))
    assert.equal(await program.nextLine(), 'ready')
    const args = COMMAND.replace('9000', String(port)).split(' ')
    const { stdout, stderr } = await runShenpi(args, environmentOf(server.place))
    assert.match(stdout, /is called back at \S+, verified\.\n$/, stderr)

    await server.sandbox.post('/shop/register/apply_scene', { scene_group_id: 3 })
    await decide(server, '1-1', 'approve')
    assert.equal(await program.nextLine(), 'open_product_scene_group_audit')
  })
})
