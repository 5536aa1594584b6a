import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { build } from '../../sdk/build/package.ts'

test('the package that is published holds JavaScript, and its clients load without any dependency', async () => {
  // Here are no node_modules: whoever imported TypeBox, or a source, would not find it.
  const folder = mkdtempSync(join(tmpdir(), 'shenpi-sdk-'))
  try {
    build(folder)
    const script = `
      import { createWireClient } from '@shenpi/sdk/wire'
      import { createApiClient } from '@shenpi/sdk/client'
      import { readPush } from '@shenpi/sdk/callbacks'
      console.log([createWireClient, createApiClient, readPush].map((each) => typeof each).join())
      await import('@shenpi/sdk').catch((error) => console.log(error.code))`
    const run = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: folder })
    assert.equal(run.toString(), 'function,function,function\nERR_MODULE_NOT_FOUND\n')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
