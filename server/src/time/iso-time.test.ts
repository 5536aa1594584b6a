import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toIsoTime } from './iso-time.ts'

test('a time is written as Date writes it', () => {
  const times = [
    0, -1, 1, -62_167_219_200_001, 253_402_300_800_000, 8.64e15, -8.64e15, 1_764_322_199_999, 1_764_322_200_000,
  ]
  for (let ms = -3e12; ms < 3e12; ms += 86_399_999 * 1231) times.push(ms)
  for (const ms of times) assert.equal(toIsoTime(new Date(ms)), new Date(ms).toISOString())
})

test('what is no date is refused, also after a date', () => {
  toIsoTime(new Date(0))
  assert.throws(() => toIsoTime(new Date(Number.NaN)), RangeError)
  assert.throws(() => toIsoTime(new Date(Number.NaN)), RangeError)
})
