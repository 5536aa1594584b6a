import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testClock } from '../../test/test-clock.ts'
import { Caches } from '../caches.ts'
import { readSeldom } from './read-seldom.ts'

test('reading seldom asks once, however many wait for the answer, and again when it is old', async () => {
  const clock = testClock()
  let asked = 0
  const read = readSeldom({ clock, caches: new Caches() }, 3000, async () => {
    asked += 1
    return asked
  })
  assert.deepEqual(await Promise.all([read(), read()]), [1, 1])
  clock.advance(2999)
  assert.equal(await read(), 1)
  clock.advance(1)
  assert.equal(await read(), 2)
})

test('reading seldom asks again after a failure', async () => {
  let asked = 0
  const read = readSeldom({ clock: testClock(), caches: new Caches() }, 3000, async () => {
    asked += 1
    if (asked === 1) throw new Error('the database is gone')
    return asked
  })
  await assert.rejects(read(), /gone/)
  assert.equal(await read(), 2)
})
