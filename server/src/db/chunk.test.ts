import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toChunks } from './chunk.ts'

test('a list is cut into few different lengths, in order and without loss', () => {
  const rows = Array.from({ length: 150 }, (_, index) => index)
  const chunks = toChunks(rows)
  assert.deepEqual(
    chunks.map((chunk) => chunk.length),
    [64, 64, 16, 4, 1, 1],
  )
  assert.deepEqual(chunks.flat(), rows)
  assert.deepEqual(toChunks([]), [])
})
