import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { problem } from '../../test/problem.ts'
import { HashTurns } from './hash-turns.ts'

/** Work that ends when it is told. */
function aHash() {
  const { promise, resolve } = Promise.withResolvers<void>()
  const hash = {
    hasBegun: false,
    end: resolve,
    work: () => {
      hash.hasBegun = true
      return promise
    },
  }
  return hash
}

describe('turns at hashing', () => {
  test('are two at a time, and go to another network before the same', async () => {
    const turns = new HashTurns()
    const guesses = Array.from({ length: 5 }, aHash)
    const running = guesses.map((guess) => turns.run('guesser', guess.work))
    const other = aHash()
    const waiting = turns.run('other', other.work)
    await setImmediate()
    assert.deepEqual(
      guesses.map(({ hasBegun }) => hasBegun),
      [true, false, false, false, false],
    )
    assert.ok(other.hasBegun, 'the guesser has one place')
    for (const { end } of [...guesses, other]) end()
    await Promise.all([...running, waiting])
  })

  test('are refused to a network that has ten waiting, and to all when 200 wait', async () => {
    const turns = new HashTurns()
    const hash = aHash()
    const ofOne = Array.from({ length: 11 }, () => turns.run('one', hash.work))
    await assert.rejects(turns.run('one', hash.work), problem('sign_in.busy'))
    const ofMany = Array.from({ length: 189 }, (_, number) => turns.run(`network ${number}`, hash.work))
    await assert.rejects(turns.run('late', hash.work), problem('sign_in.busy'))
    hash.end()
    await Promise.all([...ofOne, ...ofMany])
    await turns.run('late', async () => {})
  })
})
