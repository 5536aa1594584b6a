import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chinaDay, chinaMonth, startOfChinaDay } from './china-time.ts'

test('day and month change at midnight in China', () => {
  const before = new Date('2026-03-31T23:59:59.999+08:00')
  const midnight = new Date('2026-04-01T00:00:00+08:00')
  assert.equal(chinaDay(midnight) - chinaDay(before), 1)
  assert.deepEqual([chinaMonth(before), chinaMonth(midnight)], ['2026-03', '2026-04'])
  assert.deepEqual(startOfChinaDay(midnight), midnight)
  assert.deepEqual(startOfChinaDay(before), new Date('2026-03-31T00:00:00+08:00'))
})
