import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ROOT } from './sources.ts'

const SECTION = /^## (.+)$/gm

test('the changelog begins with what is unreleased, or with the version of the server', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'server/package.json'), 'utf8'))
  const [first = ''] = [...readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8').matchAll(SECTION)].map(([, title]) => title)
  assert.ok(first === 'Unreleased' || first.startsWith(version), `the first section is "${first}"`)
})
