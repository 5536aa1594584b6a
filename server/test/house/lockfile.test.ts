import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ROOT } from './sources.ts'

test('no package has an install script, which npm would run with the one that builds the console', () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { hasInstallScript?: boolean }>
  }
  const names = Object.keys(packages)
  assert.ok(names.length > 100)
  assert.deepEqual(
    names.filter((name) => packages[name]?.hasInstallScript && name.startsWith('node_modules/')),
    [],
  )
})
