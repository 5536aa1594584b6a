import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge } from './verdict.ts'

const took = (...times: number[]) => ({ times, failures: [] })

test('a healthy merchant may wait twice as long as alone plus 250 ms, and no longer', () => {
  assert.deepEqual(judge(took(10, 5), took(270, 1)), { aloneMs: 10, besideMs: 270, barMs: 270, isPassed: true })
  assert.equal(judge(took(10, 5), took(270.1, 1)).isPassed, false)
})

test('one slow action in a hundred passes, two fail', () => {
  const hundred = Array.from({ length: 100 }, () => 10)
  assert.equal(judge(took(10), took(...hundred.with(0, 9000))).isPassed, true)
  assert.equal(judge(took(10), took(...hundred.with(0, 9000).with(1, 9000))).isPassed, false)
})

test('a failed action is a miss, however fast it fails', () => {
  assert.equal(judge(took(10), { times: [1, 1], failures: ['-1'] }).isPassed, false)
})
