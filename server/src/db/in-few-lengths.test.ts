import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inFewLengths } from './in-few-lengths.ts'

test('a list is cut into few different lengths, in order and without loss', () => {
  const rows = Array.from({ length: 150 }, (_, index) => index)
  const pieces = inFewLengths(rows)
  assert.deepEqual(
    pieces.map((piece) => piece.length),
    [64, 64, 16, 4, 1, 1],
  )
  assert.deepEqual(pieces.flat(), rows)
  assert.deepEqual(inFewLengths([]), [])
})
