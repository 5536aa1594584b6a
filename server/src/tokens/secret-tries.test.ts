import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { problem } from '../../test/problem.ts'
import { Caches } from '../caches.ts'
import { SecretTries, WRONG_MAX } from './secret-tries.ts'

const MINUTE_MS = 60_000

function aGuesser() {
  let now = 0
  const tries = new SecretTries(new Caches(), () => now)
  const guess = (address = '203.0.113.7', accountId = 1, isRight = false) => {
    tries.admit(accountId, address)
    tries.count(accountId, address, isRight)
  }
  for (let count = 0; count < WRONG_MAX; count += 1) guess()
  return { guess, pass: (ms: number) => (now += ms) }
}

const TIRED = problem('credential.tries_exceeded')

describe('wrong secrets', () => {
  test('slow down their address after 20 of one account, to one try a minute', () => {
    const { guess, pass } = aGuesser()
    assert.throws(guess, TIRED)
    assert.throws(guess, {
      wireText: /: 20 wrong secrets came from this address, one try a minute is looked at$/,
    })
    pass(MINUTE_MS)
    guess()
    assert.throws(guess, TIRED)
    pass(MINUTE_MS - 1)
    assert.throws(guess, TIRED)
  })

  test('slow no other address and no other account', () => {
    const { guess } = aGuesser()
    guess('203.0.113.8')
    guess('203.0.113.7', 2)
    assert.throws(() => guess('::ffff:203.0.113.7'), TIRED, 'the same address in other clothes')
  })

  test('count by network for IPv6', () => {
    const { guess } = aGuesser()
    for (let count = 0; count < WRONG_MAX; count += 1) guess(`2001:db8:1:2::${count}`)
    assert.throws(() => guess('2001:db8:1:2:ffff::1'), TIRED)
    guess('2001:db8:1:3::1')
  })

  test('are forgotten after a right secret, and an hour after the last', () => {
    const { guess, pass } = aGuesser()
    pass(MINUTE_MS)
    guess(undefined, undefined, true)
    for (let count = 0; count < WRONG_MAX; count += 1) guess()
    assert.throws(guess, TIRED)
    pass(60 * MINUTE_MS)
    for (let count = 0; count < WRONG_MAX; count += 1) guess()
    assert.throws(guess, TIRED)
  })

  test('are forgotten, the oldest first, beyond those of ten thousand others', () => {
    const { guess } = aGuesser()
    for (let account = 2; account <= 10_001; account += 1) guess(undefined, account)
    guess()
  })
})
