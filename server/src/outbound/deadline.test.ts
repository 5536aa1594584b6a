import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { Deadline } from './deadline.ts'

/** What a long computation of ours does to everything that waits. */
function standStill(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

const expired = () => new Error('expired')

test('a deadline does not count time in which this process stood still', async () => {
  using limit = new Deadline(100, expired)
  limit.start()
  standStill(300)
  for (let turns = 0; turns < 5; turns++) await turn()
  assert.equal(limit.signal.aborted, false)
  await assert.rejects(limit.aborted, { message: 'expired' })
})

test('a deadline counts time from its start, and none in pauses', async () => {
  using other = new Deadline(60, expired)
  using limit = new Deadline(20, expired)
  limit.start()
  limit.pause()
  other.start()
  await assert.rejects(other.aborted)
  assert.equal(limit.signal.aborted, false)
  limit.start()
  await assert.rejects(limit.aborted, { message: 'expired' })
})

test('a deadline tells the time that has passed, without pauses and standstills', async () => {
  using other = new Deadline(60, expired)
  using limit = new Deadline(1000, expired)
  limit.start()
  standStill(300)
  limit.pause()
  const { spentMs } = limit
  assert.equal(spentMs, 100)
  other.start()
  await assert.rejects(other.aborted)
  assert.equal(limit.spentMs, spentMs)
  limit.start()
  standStill(1)
  assert.ok(limit.spentMs > spentMs)
})

test('a deadline ends with the signal that it follows, also one that was aborted before', async () => {
  const caller = new AbortController()
  using limit = new Deadline(60_000, expired, caller.signal)
  caller.abort(new Error('stopped'))
  await assert.rejects(limit.aborted, { message: 'stopped' })
  using late = new Deadline(60_000, expired, caller.signal)
  late.start()
  await assert.rejects(late.aborted, { message: 'stopped' })
})
