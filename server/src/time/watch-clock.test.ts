import assert from 'node:assert/strict'
import { test } from 'node:test'
import { watchClock } from './watch-clock.ts'

test('a time of day that was set is reported once for each change', () => {
  let apartMs = 0
  const clock = { installation: () => new Date(1_000_000 + apartMs), machine: () => 1_000_000 }
  const told: unknown[] = []
  const look = watchClock(clock, { warn: (...line: unknown[]) => void told.push(line[0]) })
  for (const next of [0, 15_000, 15_001, 3_600_000, 0, -15_001]) {
    apartMs = next
    look()
  }
  assert.deepEqual(told, [{ apartMs: 15_001 }, { apartMs: -15_001 }])
})
