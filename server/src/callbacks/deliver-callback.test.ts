import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { nextAttempt, RETRY_GAPS_S } from './deliver-callback.ts'

const NOON = new Date('2026-03-14T04:00:00Z')
const HOUR_S = 3600

describe('the schedule of attempts', () => {
  test('retries three times within seconds, as the platform does, and then with growing gaps', () => {
    const gaps = [...RETRY_GAPS_S]
    const [first, second, third, ...later] = gaps
    assert.ok([first, second, third].every((gap) => gap !== undefined && gap <= 5))
    assert.deepEqual(
      later,
      later.toSorted((a, b) => a - b),
    )
    assert.ok((later[0] ?? 0) > (third ?? 0))
  })

  test('spans about a day', () => {
    const span = RETRY_GAPS_S.reduce((sum, gap) => sum + gap, 0)
    assert.ok(span > 22 * HOUR_S && span <= 26 * HOUR_S, `${span / HOUR_S} h`)
  })

  for (const [index, gap] of RETRY_GAPS_S.entries()) {
    test(`waits ${gap} s after attempt ${index + 1}`, () => {
      assert.equal(nextAttempt(index + 1, NOON)?.getTime(), NOON.getTime() + gap * 1000)
    })
  }

  test('ends after the last gap', () => {
    assert.ok(nextAttempt(RETRY_GAPS_S.length, NOON))
    assert.equal(nextAttempt(RETRY_GAPS_S.length + 1, NOON), undefined)
  })
})
