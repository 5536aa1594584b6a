import assert from 'node:assert/strict'
import { mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { findPackages, noteUnreached } from './installed-packages.ts'

/** Nobody listens there, which is not tried again. */
const UNREACHED = { npm_config_registry: 'http://127.0.0.1:1', npm_config_fetch_retries: '0' }

test('packages that no registry could be asked for are told once after the run, and others not at all', () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'shenpi-packages-'))
  const dependencies = { '@shenpi/nowhere': '1.0.0' }
  writeFileSync(join(folder.path, 'package.json'), JSON.stringify({ dependencies }))
  const packages = { '': { dependencies }, 'node_modules/@shenpi/nowhere': { version: '1.0.0' } }
  writeFileSync(join(folder.path, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages }))

  const { env, tell } = noteUnreached()
  assert.deepEqual(tell(), [])
  const ask = (tests: string) => findPackages({ folder: folder.path, tests }, { ...process.env, ...UNREACHED, ...env })
  for (const tests of ['of one', 'of another', 'of one']) assert.equal(ask(tests), undefined)
  assert.deepEqual(tell(), [
    `The tests of one, of another did not run: npm's registry, from which they install packages, was not reached.`,
  ])
})
