import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { installSdk, RUNTIMES, run } from './runtimes/installed-sdk.ts'

const ROOT = join(import.meta.dirname, '../..')

test('the package that is published is JavaScript; its clients need nothing, its contract TypeBox alone', async (t) => {
  using sdk = installSdk()
  const { dependencies } = JSON.parse(readFileSync(join(sdk.files, 'package.json'), 'utf8'))
  assert.deepEqual(Object.keys(dependencies), ['@sinclair/typebox'])
  const clients = `
    import { createWireClient } from '@shenpi/sdk/wire'
    import { createApiClient } from '@shenpi/sdk/client'
    import { readPush } from '@shenpi/sdk/callbacks'
    console.log([createWireClient, createApiClient, readPush].map((each) => typeof each).join())`
  const all = `
    const load = () => import('@shenpi/sdk').then(({ wire }) => Object.keys(wire).length, ({ code }) => code)
    console.log(await load())`
  writeFileSync(join(sdk.folder, 'clients.mjs'), clients)
  writeFileSync(join(sdk.folder, 'all.mjs'), all)

  const inEach = async (script: string, printed: RegExp) => {
    for (const runtime of RUNTIMES.filter(({ program }) => program)) {
      const { output } = await run(runtime, [script], { cwd: sdk.folder })
      assert.match(output, printed, runtime.name)
    }
  }
  // Here is no TypeBox yet: whoever imported it, or a source, would not find it.
  await inEach('clients.mjs', /^function,function,function$/)
  await inEach('all.mjs', /^ERR_MODULE_NOT_FOUND$/)
  mkdirSync(join(sdk.folder, 'node_modules/@sinclair'))
  symlinkSync(join(ROOT, 'node_modules/@sinclair/typebox'), join(sdk.folder, 'node_modules/@sinclair/typebox'))
  await inEach('all.mjs', /^7$/)
  for (const { skip } of RUNTIMES) if (skip) t.diagnostic(skip)
})
