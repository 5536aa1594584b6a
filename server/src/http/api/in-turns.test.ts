import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inTurns } from './in-turns.ts'

test('a file that is read without a pause leaves turns to others', async () => {
  async function* pieces() {
    for (let piece = 1; piece <= 3; piece += 1) yield piece
  }
  const told: (number | 'other')[] = []
  const tellOther = () => {
    told.push('other')
    if (told.length < 6) setImmediate(tellOther)
  }
  setImmediate(tellOther)
  for await (const piece of inTurns(pieces())) told.push(piece)
  assert.deepEqual(told.slice(0, 5), [1, 'other', 2, 'other', 3])
})
