import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { castsIn } from './casts.ts'

describe('the count of casts', () => {
  const ONE = [
    'const row = found as Row',
    'const row = found! as Row',
    'const row = read() as Row',
    'const row = rows[0]! as Row',
    'const row = (found satisfies unknown)! as Row',
    'const row = { id } as { id: number }',
    "const name = 'plain' as Name",
    'const name = `plain` as Name',
    'const pair = found as [number, number]',
    'const any = found as any',
  ]
  for (const source of ONE) test(`counts ${source}`, () => assert.deepEqual(castsIn(source), [1]))

  test('counts each of two in a row, on their lines', () => {
    assert.deepEqual(castsIn('const row = (found as unknown)!\n  as Row'), [1, 2])
  })

  const NONE = [
    "import { sql as s } from 'kysely'",
    "import type { Row as Line } from './row.ts'",
    "export { row as line } from './row.ts'",
    "const STATES = ['a', 'b'] as const",
    'const as = 1',
    'const is = !as',
    '// found as Row',
  ]
  for (const source of NONE) test(`leaves out ${source}`, () => assert.deepEqual(castsIn(source), []))
})
