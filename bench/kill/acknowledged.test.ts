import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Acknowledged } from './acknowledged.ts'

test('the server owes the last token of each account, and those before it as long as they overlap', () => {
  const acknowledged = new Acknowledged()
  acknowledged.token(1, 'a')
  acknowledged.token(2, 'b')
  acknowledged.token(1, 'c')
  const kept = (overlapMs: number) => acknowledged.tokensKept(overlapMs).map(({ token }) => token)
  assert.deepEqual(kept(60_000), ['a', 'b', 'c'])
  assert.deepEqual(kept(-1), ['b', 'c'])
})
