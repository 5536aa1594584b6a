import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UnansweredError } from '../exchange.ts'
import { repeat } from './repeat.ts'

const waits = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length

test('leaves nothing running when the wait before a repeat is given up', async () => {
  const before = waits()
  const giveUp = new AbortController()
  let tries = 0
  const work = async () => {
    tries++
    throw new UnansweredError('/shop/cat/get', 'no answer')
  }
  const call = repeat([60_000], work, giveUp.signal)
  while (waits() === before) await new Promise(setImmediate)
  giveUp.abort(new Error('changed my mind'))
  await assert.rejects(call, /changed my mind/)
  assert.equal(waits(), before)
  assert.equal(tries, 1)
})

test('repeats only failures of the platform and of the connection', async () => {
  let tries = 0
  const work = async () => {
    tries++
    throw new TypeError('a mistake of ours')
  }
  await assert.rejects(repeat([1, 1, 1], work), /a mistake of ours/)
  assert.equal(tries, 1)
})
