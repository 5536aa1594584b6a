import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { installSdk, RUNTIMES, run } from './runtimes/installed-sdk.ts'

const ROOT = join(import.meta.dirname, '../..')

test('the published package is JavaScript, needs nothing for clients and contract, and TypeBox alone for checks', async (t) => {
  using sdk = installSdk()
  const { dependencies } = JSON.parse(readFileSync(join(sdk.files, 'package.json'), 'utf8'))
  assert.deepEqual(Object.keys(dependencies), ['@sinclair/typebox'])
  const all = `
    import { wire } from '@shenpi/sdk'
    import { createWireClient } from '@shenpi/sdk/wire'
    import { createApiClient } from '@shenpi/sdk/client'
    import { readPush } from '@shenpi/sdk/callbacks'
    console.log([wire, createWireClient, createApiClient, readPush].map((each) => typeof each).join())`
  const check = `
    const load = () => import('@shenpi/sdk/contract/check').then(({ compile }) => typeof compile, ({ code }) => code)
    console.log(await load())`
  writeFileSync(join(sdk.folder, 'all.mjs'), all)
  writeFileSync(join(sdk.folder, 'check.mjs'), check)

  const inEach = async (script: string, printed: RegExp) => {
    for (const runtime of RUNTIMES.filter(({ program }) => program)) {
      const { output } = await run(runtime, [script], { cwd: sdk.folder })
      assert.match(output, printed, runtime.name)
    }
  }
  // Here is no TypeBox yet: whoever imported it, or a source, would not find it.
  await inEach('all.mjs', /^object,function,function,function$/)
  await inEach('check.mjs', /^ERR_MODULE_NOT_FOUND$/)
  mkdirSync(join(sdk.folder, 'node_modules/@sinclair'))
  symlinkSync(join(ROOT, 'node_modules/@sinclair/typebox'), join(sdk.folder, 'node_modules/@sinclair/typebox'))
  await inEach('check.mjs', /^function$/)
  for (const { skip } of RUNTIMES) if (skip) t.diagnostic(skip)
})
