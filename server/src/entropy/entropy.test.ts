import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { drawShare, SeededEntropy, systemEntropy } from './entropy.ts'

describe('entropy from a seed', () => {
  const drawAll = (entropy: SeededEntropy) =>
    [1, 2].flatMap((accountId) => [
      entropy.draw(accountId, 'rid', 8).toString('hex'),
      entropy.draw(accountId, 'rid', 8).toString('hex'),
      entropy.draw(accountId, 'access_token', 32).toString('hex'),
    ])

  test('is the same for the same seed', () => {
    assert.deepEqual(drawAll(new SeededEntropy('demo')), drawAll(new SeededEntropy('demo')))
  })

  test('differs by seed, account, purpose and turn', () => {
    const all = [...drawAll(new SeededEntropy('demo')), ...drawAll(new SeededEntropy('another'))]
    assert.equal(new Set(all.map((text) => text.slice(0, 16))).size, all.length)
  })

  test('differs by start: a database holds what was drawn before', () => {
    const [first, second] = [new SeededEntropy('demo'), new SeededEntropy('demo', 1)]
    assert.notDeepEqual(first.draw(1, 'rid', 8), second.draw(1, 'rid', 8))
  })

  test('does not depend on what other accounts draw', () => {
    const [alone, beside] = [new SeededEntropy('demo'), new SeededEntropy('demo')]
    beside.draw(2, 'rid', 8)
    assert.deepEqual(alone.draw(1, 'rid', 8), beside.draw(1, 'rid', 8))
  })
})

test('the entropy of the system never repeats', () => {
  const drawn = Array.from({ length: 100 }, () => systemEntropy.draw(1, 'rid', 8).toString('hex'))
  assert.equal(new Set(drawn).size, 100)
})

test('a share is from 0 up to 1', () => {
  const given = (bytes: number[]) => ({ draw: () => Buffer.from(bytes) })
  assert.equal(drawShare(given([0, 0, 0, 0]), 1, 'page'), 0)
  assert.ok(drawShare(given([255, 255, 255, 255]), 1, 'page') < 1)
})
