import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readConfig } from '../../src/config.ts'

/** What npm sets is no setting. */
const OF_NPM = 'npm_lifecycle_event'

/** The names that the configuration asks the environment for. */
function listSettings(): string[] {
  const names = new Set<string>()
  const get = (_: object, name: string | symbol) => void names.add(String(name))
  readConfig(new Proxy<Record<string, string>>({}, { get }))
  return [...names].filter((name) => name !== OF_NPM).sort()
}

test('docs/configuration.md describes every setting, and no other', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/configuration.md'), 'utf8')
  const heads = [...page.matchAll(/^- (.+?):/gm)].flatMap(([, head = '']) => [...head.matchAll(/`(\w+)`/g)])
  assert.deepEqual(heads.map(([, name]) => name).sort(), listSettings())
})
