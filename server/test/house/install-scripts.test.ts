import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ROOT } from './sources.ts'

const INSTALL = ['preinstall', 'install', 'postinstall'] as const

/** Whether npm would run something of a package when it is installed; with a `binding.gyp` it builds one. */
function runsSomething(path: string): boolean {
  const manifest = join(ROOT, path, 'package.json')
  if (!path.startsWith('node_modules/') || !existsSync(manifest)) return false
  const { scripts = {} }: { scripts?: Record<string, string> } = JSON.parse(readFileSync(manifest, 'utf8'))
  return INSTALL.some((name) => scripts[name] !== undefined) || existsSync(join(ROOT, path, 'binding.gyp'))
}

test('npm ci runs no script of a package that it installs', () => {
  const { packages }: { packages: object } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))
  const paths = Object.keys(packages)
  assert.ok(paths.includes('node_modules/vite'))
  assert.deepEqual(paths.filter(runsSomething), [])
})
